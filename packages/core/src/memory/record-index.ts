import type { RecordFilter } from '../stores/store.js'

/** What can be found: by its members, and in the order of its key. */
export interface Indexed extends RecordFilter {
  readonly key: string
}

/**
 * Finds items by the members that a {@link RecordFilter} can have, without looking at more of them than agree with the
 * rarest member. A filter without any member is a `TypeError`.
 */
export interface RecordIndex<Item extends Indexed> {
  readonly add: (item: Item) => void
  readonly remove: (item: Item) => void
  /** Those that agree with a filter, in no order. */
  readonly select: (filter: RecordFilter) => readonly Item[]
  /** Walks in the order of keys through those that agree with a filter and come after a key. */
  readonly inOrder: (filter: RecordFilter, after: string) => Iterable<Item>
}

type Label = readonly [member: keyof RecordFilter, value: string]

const labelsOf = ({ kind, subject, clientId, sessionId, family }: RecordFilter): readonly Label[] =>
  Object.entries({ kind, subject, clientId, sessionId, family }).filter(
    (entry): entry is [keyof RecordFilter, string] => entry[1] !== undefined,
  )

const nameOf = ([member, value]: Label): string => `${member} ${value}`

const agrees = (item: Indexed, labels: readonly Label[]): boolean =>
  labels.every(([member, value]) => item[member] === value)

/** Where the first of those is whose key comes after another. */
function positionAfter(ordered: readonly Indexed[], after: string): number {
  let low = 0
  let high = ordered.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ordered[middle]?.key ?? '') > after) high = middle
    else low = middle + 1
  }
  return low
}

/** The items below one name. */
interface Group<Item> {
  readonly members: Set<Item>
  /** All members, and perhaps some that were removed. Made when it is asked for, since most groups never are. */
  ordered: readonly Item[] | undefined
}

/** Creates an empty index. */
export function createRecordIndex<Item extends Indexed>(): RecordIndex<Item> {
  const groupByName = new Map<string, Group<Item>>()

  function addBelow(name: string, item: Item): void {
    const group = groupByName.get(name) ?? { members: new Set(), ordered: undefined }
    group.members.add(item)
    group.ordered = undefined
    groupByName.set(name, group)
  }

  function removeBelow(name: string, item: Item): void {
    const group = groupByName.get(name)
    group?.members.delete(item)
    if (group?.members.size === 0) groupByName.delete(name)
  }

  function smallestGroup(labels: readonly Label[]): Group<Item> {
    const [smallest] = labels
      .map((label) => groupByName.get(nameOf(label)) ?? { members: new Set<Item>(), ordered: [] })
      .toSorted((a, b) => a.members.size - b.members.size)
    if (smallest !== undefined) return smallest
    throw new TypeError('a filter needs a member: it would choose everything')
  }

  return {
    add(item) {
      for (const label of labelsOf(item)) addBelow(nameOf(label), item)
    },
    remove(item) {
      for (const label of labelsOf(item)) removeBelow(nameOf(label), item)
    },
    select(filter) {
      const labels = labelsOf(filter)
      return [...smallestGroup(labels).members].filter((item) => agrees(item, labels))
    },
    *inOrder(filter, after) {
      const labels = labelsOf(filter)
      const group = smallestGroup(labels)
      group.ordered ??= [...group.members].toSorted((a, b) => (a.key < b.key ? -1 : 1))
      const { members, ordered } = group
      for (let at = positionAfter(ordered, after); at < ordered.length; at += 1) {
        const item = ordered[at]
        if (item !== undefined && members.has(item) && agrees(item, labels)) yield item
      }
    },
  }
}
