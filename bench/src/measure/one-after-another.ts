/** Visits items strictly in turn, for measurements that must not overlap, and returns what each visit gave. */
export async function oneAfterAnother<Item, Result>(
  items: readonly Item[],
  visit: (item: Item, index: number) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = []
  for (const [index, item] of items.entries()) {
    // oxlint-disable-next-line no-await-in-loop -- one at a time is what it is for
    results.push(await visit(item, index))
  }
  return results
}
