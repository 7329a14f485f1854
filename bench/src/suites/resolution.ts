import { askWorker } from '../measure/ask-worker.js'
import { compare } from '../measure/comparison.js'
import type { Target } from '../measure/comparison.js'
import type { RaceTrack } from '../measure/race.js'
import { median } from '../measure/statistics.js'
import type { CatalogueSize } from '../resolution/catalogue.js'
import type {
  OperationName,
  ResolutionOrder,
  ResolutionReport,
  Scenario,
} from '../resolution/measure-resolution.js'
import type { Section, Suite } from './suite.js'

interface NamedScenario extends Scenario {
  readonly name: string
  /** In relation to the baseline. */
  readonly target?: Target
}

const small: CatalogueSize = { apiScopes: 100, apiResources: 10 }
const large: CatalogueSize = { apiScopes: 100_000, apiResources: 10_000 }

const baseline: NamedScenario = {
  name: 'among 100 scopes, 10 APIs',
  size: small,
  requestedScopes: small.apiScopes,
}

/**
 * What is compared with the baseline: the same requests, and the worst case, in which the memory that a request needs
 * is in no cache of the processor. How long that takes is the machine's doing, hence it has no target.
 */
const contrasts: readonly NamedScenario[] = [
  {
    name: 'among 100,000 scopes, 10,000 APIs',
    size: large,
    requestedScopes: small.apiScopes,
    target: { bound: 'at most', ratio: 2 },
  },
  {
    name: 'among them, every request for others',
    size: large,
    requestedScopes: large.apiScopes,
  },
]

const scenarios = [baseline, ...contrasts]

const repetitions = {
  resolution: 5000,
  'token request': 200,
} as const satisfies Record<OperationName, number>

const roundsPerLap = 5

const script = new URL('../resolution/measure-resolution.js', import.meta.url)

const sectionOf =
  (operation: OperationName) =>
  async ({ pace, isPinned }: RaceTrack): Promise<Section> => {
    const rounds = pace.rounds * roundsPerLap
    const order = { operation, scenarios, rounds, repetitions: repetitions[operation] }
    const report = await askWorker<ResolutionOrder, ResolutionReport>({ script, order, isPinned })
    const durationsOf = (scenario: NamedScenario): readonly number[] =>
      report.map((round) => round[scenarios.indexOf(scenario)] ?? NaN)
    const baselines = durationsOf(baseline)
    return {
      title: `one ${operation}, 5 scopes`,
      rows: scenarios.map((scenario) => ({
        name: scenario.name,
        figures: { µs: median(durationsOf(scenario)) },
      })),
      comparisons: contrasts.map((scenario) => {
        const pairs = durationsOf(scenario).map(
          (duration, round) => [duration, baselines[round] ?? NaN] as const,
        )
        return compare(`${scenario.name} / baseline`, pairs, scenario.target)
      }),
    }
  }

/** Whether a request costs what it asks for and not what is configured. */
export const resolution: Suite = {
  name: 'resolution',
  description: 'the same requests among few resources, the baseline, and among many; in process',
  sections: [sectionOf('resolution'), sectionOf('token request')],
}
