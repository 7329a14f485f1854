import type { StoreRecord } from '@bailiwick/core'
import { oneAfterAnother } from '../measure/one-after-another.js'
import { idOf } from './database.js'
import type { Contents, FilledStore } from './database.js'

/** What a refresh makes of the record that it replaces. */
export type Rewrite = (record: StoreRecord) => StoreRecord

/** A store, and how many records live in it. */
interface Stock extends Pick<Contents, 'live'>, Pick<FilledStore, 'store'> {}

/** What to compare. */
export interface Stocks {
  readonly large: Stock
  readonly small: Stock
}

/** The microseconds that a refresh took, for each round. */
export type RefreshRounds = readonly (readonly [large: number, small: number])[]

/** How often to measure. */
export interface RefreshPace {
  readonly rounds: number
  /** How many refreshes there are in one round of one store. */
  readonly repetitions: number
}

// Far enough apart to be in other pages, and prime, so that none comes again before all have been.
const stride = 611_953

async function refresh({ store }: Stock, id: string, rewrite: Rewrite): Promise<void> {
  const record = await store.find('refresh_token', id)
  if (record === undefined || !(await store.replace(rewrite(record)))) {
    throw new Error(`the record ${id} is gone`)
  }
}

/** Measures how long a refresh takes. The stores take turns. */
export async function measureRefreshes(
  { large, small }: Stocks,
  rewrite: Rewrite,
  { rounds, repetitions }: RefreshPace,
): Promise<RefreshRounds> {
  let count = 0
  async function runLap(stock: Stock): Promise<number> {
    const begin = performance.now()
    for (let repetition = 0; repetition < repetitions; repetition += 1) {
      count += 1
      // oxlint-disable-next-line no-await-in-loop -- one at a time, to measure how long one takes
      await refresh(stock, idOf((count * stride) % stock.live), rewrite)
    }
    return ((performance.now() - begin) / repetitions) * 1000
  }
  const warmUp = Math.ceil(rounds / 4)
  const laps = await oneAfterAnother(
    [...Array(warmUp + rounds).keys()],
    async () => [await runLap(large), await runLap(small)] as const,
  )
  return laps.slice(warmUp)
}
