import type { AuthenticateOrder, AuthenticateReport } from '../authenticate/measure-authenticate.js'
import type { Guard } from '../guard/guard-contender.js'
import { algorithms, issueToken } from '../guard/issue-token.js'
import type { Algorithm } from '../guard/issue-token.js'
import { askWorker } from '../measure/ask-worker.js'
import { compare } from '../measure/comparison.js'
import type { Target } from '../measure/comparison.js'
import type { RaceTrack } from '../measure/race.js'
import { median } from '../measure/statistics.js'
import type { Section, Suite } from './suite.js'

const names = {
  bailiwick: 'authenticate()',
  'bailiwick-cached': 'authenticate(), cache',
  'node-crypto': 'node:crypto',
  jose: 'jwtVerify of jose',
} as const satisfies Partial<Record<Guard, string>>

type Measured = keyof typeof names

const guards = [
  'bailiwick',
  'bailiwick-cached',
  'node-crypto',
  'jose',
] as const satisfies Measured[]

interface Contest {
  readonly subject: Measured
  readonly other: Measured
  /** How many times as fast the subject is to be. */
  readonly target?: Target
}

const contests: readonly Contest[] = [
  { subject: 'bailiwick', other: 'node-crypto', target: { bound: 'at least', ratio: 0.5 } },
  { subject: 'bailiwick', other: 'jose' },
  { subject: 'bailiwick-cached', other: 'bailiwick' },
  { subject: 'bailiwick-cached', other: 'jose', target: { bound: 'at least', ratio: 10 } },
]

const repetitions = 1000
const roundsPerLap = 5

const script = new URL('../authenticate/measure-authenticate.js', import.meta.url)

const sectionOf =
  (algorithm: Algorithm) =>
  async ({ pace, isPinned }: RaceTrack): Promise<Section> => {
    const { token, publicKey } = await issueToken(algorithm)
    const contender = { suite: 'guard', framework: 'node:http', publicKey, algorithm } as const
    const rounds = pace.rounds * roundsPerLap
    const order = { contender, guards, token, rounds, repetitions }
    const report = await askWorker<AuthenticateOrder, AuthenticateReport>({
      script,
      order,
      isPinned,
    })
    const durationsOf = (guard: Measured): readonly number[] =>
      report.map((round) => round[guards.indexOf(guard)] ?? NaN)
    return {
      title: algorithm,
      rows: guards.map((guard) => ({
        name: names[guard],
        figures: { µs: median(durationsOf(guard)) },
      })),
      comparisons: contests.map(({ subject, other, target }) => {
        const own = durationsOf(subject)
        const pairs = durationsOf(other).map(
          (duration, round) => [duration, own[round] ?? NaN] as const,
        )
        return compare(`${names[subject]} / ${names[other]}`, pairs, target)
      }),
    }
  }

/** What the SDK does beside checking a signature, and what it saves where it need not. */
export const authenticate: Suite = {
  name: 'authenticate',
  description: 'one access token, how many times as fast; in process',
  sections: algorithms.map(sectionOf),
}
