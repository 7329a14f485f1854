/** Puts together what is alike, in the order in which the first of each came. */
export function groupBy<Item>(
  items: readonly Item[],
  likeness: (item: Item) => unknown,
): readonly (readonly [first: Item, ...others: readonly Item[]])[] {
  const groups = new Map<string, [Item, ...Item[]]>()
  for (const item of items) {
    const key = JSON.stringify(likeness(item))
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return [...groups.values()]
}
