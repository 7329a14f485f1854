import type { ResourceDefinitions } from '@bailiwick/protocol'

/** Adds to scopes those that they imply. */
export type ImpliedBy = (scopes: ReadonlySet<string>) => ReadonlySet<string>

function readImplications({
  apiScopes = [],
}: ResourceDefinitions): ReadonlyMap<string, readonly string[]> {
  const implying = apiScopes.flatMap((entry) =>
    typeof entry === 'string' || entry.implies === undefined
      ? []
      : [[entry.name, entry.implies] as const],
  )
  return new Map(implying)
}

/** Makes the step that knows that whoever may write may also read, from the `implies` of API scopes. */
export function impliedScopes(resources: ResourceDefinitions | undefined): ImpliedBy {
  const implications = readImplications(resources ?? {})
  if (implications.size === 0) return (scopes) => scopes
  return (granted) => {
    const scopes = new Set(granted)
    // A set that grows while it is walked is walked to its new end, so what is implied implies in its turn.
    for (const scope of scopes) {
      for (const implied of implications.get(scope) ?? []) scopes.add(implied)
    }
    return scopes
  }
}
