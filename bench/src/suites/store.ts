import { compare } from '../measure/comparison.js'
import type { Target } from '../measure/comparison.js'
import { oneAfterAnother } from '../measure/one-after-another.js'
import type { RaceTrack } from '../measure/race.js'
import { median, quantile } from '../measure/statistics.js'
import { createFilledStore, hasDatabase } from '../store/database.js'
import type { Contents, FilledStore } from '../store/database.js'
import { measureRefreshes } from '../store/measure-refreshes.js'
import type { RefreshRounds, Rewrite } from '../store/measure-refreshes.js'
import { measureSweep } from '../store/measure-sweep.js'
import type { Section, Suite } from './suite.js'

const few: Contents = { live: 1000, expired: 0 }
const many: Contents = { live: 1_000_000, expired: 0 }
const manyExpired: Contents = { live: 1_000_000, expired: 500_000 }

const target: Target = { bound: 'at most', ratio: 1.3 }

const roundsPerLap = 4
const repetitions = 200

/** What core asks a store to remove at once, and the milliseconds for which nobody may have to wait for it. */
const batchSize = 250
const allowance = 100

const skipped: Section = {
  title: 'SKIPPED: NO POSTGRESQL FOUND. Set DATABASE_URL to measure the store.',
  rows: [],
  comparisons: [],
}

async function withStore<Result>(
  contents: Contents,
  measure: (filled: FilledStore) => Promise<Result>,
): Promise<Result> {
  const filled = await createFilledStore(contents)
  try {
    return await measure(filled)
  } finally {
    await filled.remove()
  }
}

/** How a record is rewritten: to one that ends when it always did, and to one that is good for longer each time. */
const rewrites = {
  absolute: (record) => record,
  sliding: (record) => ({ ...record, expiresAt: record.expiresAt + 60 }),
} as const satisfies Record<string, Rewrite>

type Expiration = keyof typeof rewrites

const expirations: readonly Expiration[] = ['absolute', 'sliding']

function describeRefreshes(expiration: Expiration, rounds: RefreshRounds): Omit<Section, 'title'> {
  const nameOf = ({ live }: Contents): string => `${expiration}, among ${live.toLocaleString('en')}`
  return {
    rows: [few, many].map((contents) => ({
      name: nameOf(contents),
      figures: { µs: median(rounds.map(([large, small]) => (contents === many ? large : small))) },
    })),
    comparisons: [compare(`${nameOf(many)} / ${few.live.toLocaleString('en')}`, rounds, target)],
  }
}

async function measureRefreshing({ pace }: RaceTrack): Promise<Section> {
  if (!(await hasDatabase())) return skipped
  const refreshPace = { rounds: pace.rounds * roundsPerLap, repetitions }
  const parts = await withStore(many, (large) =>
    withStore(few, (small) => {
      const stocks = { large: { ...large, ...many }, small: { ...small, ...few } }
      return oneAfterAnother(expirations, async (expiration) =>
        describeRefreshes(
          expiration,
          await measureRefreshes(stocks, rewrites[expiration], refreshPace),
        ),
      )
    }),
  )
  return {
    title: 'one refresh: find and replace a refresh token, by expiration',
    rows: parts.flatMap(({ rows }) => rows),
    comparisons: parts.flatMap(({ comparisons }) => comparisons),
  }
}

async function measureSweeping(): Promise<Section> {
  if (!(await hasDatabase())) return skipped
  const durations = await withStore(manyExpired, (filled) => measureSweep(filled.store, batchSize))
  const longest = Math.max(...durations)
  const seconds = durations.reduce((sum, duration) => sum + duration) / 1000
  return {
    title: `removing ${manyExpired.expired.toLocaleString('en')} expired records among ${manyExpired.live.toLocaleString('en')}`,
    rows: [
      {
        name: `batches of ${batchSize}`,
        figures: {
          'p50 ms': median(durations),
          'p99 ms': quantile(durations, 0.99),
          'longest ms': longest,
          'records/s': manyExpired.expired / seconds,
        },
      },
    ],
    comparisons: [
      compare(`longest / the ${allowance} ms that are allowed`, [[longest, allowance]], {
        bound: 'at most',
        ratio: 1,
      }),
    ],
  }
}

/** Whether what the store does takes as long among many records as among few, and nobody has to wait for a sweep. */
export const store: Suite = {
  name: 'store',
  description: 'PostgreSQL with many records, and with few, the baseline; one connection',
  sections: [measureRefreshing, measureSweeping],
}
