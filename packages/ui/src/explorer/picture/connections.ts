import type { Entry } from './entry.js'

/** Knows what stands on either side of an entry. */
export interface Connections {
  /** The entries that lead to one. */
  readonly from: (entry: Entry) => readonly Entry[]
  /** The entries that one leads to. */
  readonly to: (entry: Entry) => readonly Entry[]
}

/** Makes the connections of entries known in both directions. */
export function connect(entries: readonly Entry[]): Connections {
  const entryById = new Map(entries.map((entry) => [entry.id, entry]))
  const sourcesById = new Map<string, Entry[]>()
  for (const entry of entries) {
    for (const target of entry.leadsTo) {
      const sources = sourcesById.get(target) ?? []
      sources.push(entry)
      sourcesById.set(target, sources)
    }
  }
  return {
    from: ({ id }) => sourcesById.get(id) ?? [],
    to: ({ leadsTo }) => leadsTo.flatMap((id) => entryById.get(id) ?? []),
  }
}
