import type { Store } from '@bailiwick/core'

/** Removes everything that has expired, and gives the milliseconds that each batch took. */
export async function measureSweep(
  { removeExpired }: Pick<Store, 'removeExpired'>,
  batchSize: number,
): Promise<readonly number[]> {
  const durations: number[] = []
  let count = batchSize
  while (count === batchSize) {
    const begin = performance.now()
    // oxlint-disable-next-line no-await-in-loop -- one process removes one batch at a time
    count = await removeExpired(batchSize)
    durations.push(performance.now() - begin)
  }
  return durations
}
