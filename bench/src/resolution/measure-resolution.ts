import { oneAfterAnother } from '../measure/one-after-another.js'
import { carryOut } from '../measure/worker.js'
import { scopeParameters } from './catalogue.js'
import type { CatalogueSize } from './catalogue.js'
import { createResolution, createTokenRequest } from './resolution.js'
import type { Operation } from './resolution.js'

const operations = {
  resolution: createResolution,
  'token request': createTokenRequest,
} as const satisfies Record<string, (size: CatalogueSize) => Promise<Operation>>

/** What is done over and over. */
export type OperationName = keyof typeof operations

/** What is configured, and which part of it is asked for. */
export interface Scenario {
  readonly size: CatalogueSize
  /** From how many scopes those of the requests are taken. */
  readonly requestedScopes: number
}

/** What to measure, where, and how often. */
export interface ResolutionOrder {
  readonly operation: OperationName
  readonly scenarios: readonly Scenario[]
  readonly rounds: number
  /** How often it is done in one round of one scenario. */
  readonly repetitions: number
}

/** The microseconds that it took once, for each round by scenario. */
export type ResolutionReport = readonly (readonly number[])[]

type Batch = () => Promise<number>

async function prepare(
  { size, requestedScopes }: Scenario,
  { operation, repetitions }: ResolutionOrder,
): Promise<Batch> {
  const execute = await operations[operation](size)
  const scopes = scopeParameters(repetitions, requestedScopes)
  return async () => {
    const begin = performance.now()
    for (const scope of scopes) {
      const result = execute(scope)
      // oxlint-disable-next-line no-await-in-loop -- one at a time, to measure how long one takes
      if (result instanceof Promise) await result
    }
    return ((performance.now() - begin) / repetitions) * 1000
  }
}

async function measureResolution(order: ResolutionOrder): Promise<ResolutionReport> {
  const batches = await oneAfterAnother(order.scenarios, (scenario) => prepare(scenario, order))
  const runRound = (): Promise<readonly number[]> => oneAfterAnother(batches, (batch) => batch())
  const warmUp = Math.ceil(order.rounds / 2)
  const rounds = await oneAfterAnother([...Array(warmUp + order.rounds).keys()], runRound)
  return rounds.slice(warmUp)
}

carryOut(measureResolution)
