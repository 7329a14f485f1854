import { bailiwickApi } from '../guard/bailiwick-api.js'
import { createBareCheck } from '../guard/bare-check.js'
import type { Guard, GuardContender } from '../guard/guard-contender.js'
import { world } from '../guard/world.js'
import { oneAfterAnother } from '../measure/one-after-another.js'
import { carryOut } from '../measure/worker.js'

/** Which checks to measure, with which token, and how often. */
export interface AuthenticateOrder {
  readonly contender: Omit<GuardContender, 'guard'>
  readonly guards: readonly Guard[]
  readonly token: string
  readonly rounds: number
  /** How often a check is done in one round. */
  readonly repetitions: number
}

/** The microseconds that one check took, for each round by guard. */
export type AuthenticateReport = readonly (readonly number[])[]

type Check = () => unknown

async function createCheck(guard: Guard, { contender, token }: AuthenticateOrder): Promise<Check> {
  const authorization = `Bearer ${token}`
  const entrant = { ...contender, guard }
  if (guard !== 'bailiwick' && guard !== 'bailiwick-cached') {
    const check = await createBareCheck(entrant)
    return () => check(authorization)
  }
  const api = bailiwickApi(entrant)
  await api.ready()
  const needs = api.requirement(world.scope)
  const request = { method: 'GET', url: world.path, headers: { authorization } }
  const { ok } = await api.authenticate(request, needs)
  if (!ok) throw new Error('the token is no good, so there is nothing to measure')
  return () => api.authenticate(request, needs)
}

async function measureAuthenticate(order: AuthenticateOrder): Promise<AuthenticateReport> {
  const { repetitions } = order
  const checks = await oneAfterAnother(order.guards, (guard) => createCheck(guard, order))
  const runRound = (): Promise<readonly number[]> =>
    oneAfterAnother(checks, async (check) => {
      const begin = performance.now()
      for (let count = 0; count < repetitions; count += 1) {
        const result = check()
        // oxlint-disable-next-line no-await-in-loop -- one at a time, to measure how long one takes
        if (result instanceof Promise) await result
      }
      return ((performance.now() - begin) / repetitions) * 1000
    })
  const warmUp = Math.ceil(order.rounds / 2)
  const rounds = await oneAfterAnother([...Array(warmUp + order.rounds).keys()], runRound)
  return rounds.slice(warmUp)
}

carryOut(measureAuthenticate)
