import type { Guard, GuardContender } from '../guard/guard-contender.js'
import { algorithms, issueToken } from '../guard/issue-token.js'
import type { Algorithm } from '../guard/issue-token.js'
import { verifyGuard, verifyRoute } from '../guard/verify-guard.js'
import { world } from '../guard/world.js'
import type { Target } from '../measure/comparison.js'
import type { Race, RaceTrack } from '../measure/race.js'
import { raceSection } from './race-section.js'
import type { RaceTargets } from './race-section.js'
import type { Section, Suite } from './suite.js'

const names = {
  bailiwick: 'Bailiwick guard',
  'bailiwick-cached': 'Bailiwick, cache',
  jose: 'bare route, jose',
  'node-crypto': 'bare route, node:crypto',
  'express-oauth2-jwt-bearer': 'express-oauth2-jwt-bearer',
  unguarded: 'unguarded route',
} as const satisfies Record<Guard, string>

type Framework = GuardContender['framework']

const guardsOn = {
  Express: ['bailiwick', 'jose', 'node-crypto', 'express-oauth2-jwt-bearer'],
  Koa: ['bailiwick', 'jose', 'node-crypto'],
  'node:http': ['bailiwick', 'jose', 'node-crypto'],
} as const satisfies Record<Framework, readonly Guard[]>

const frameworks = ['Express', 'Koa', 'node:http'] as const

const atLeast = (ratio: number): Target => ({ bound: 'at least', ratio })

const overJwtBearer = { RS256: atLeast(1.25), ES256: atLeast(1.1) } as const satisfies Record<
  Algorithm,
  Target
>

const targetsOf = (algorithm: Algorithm): RaceTargets => ({
  [names.jose]: atLeast(0.95),
  [names['node-crypto']]: atLeast(0.9),
  [names['express-oauth2-jwt-bearer']]: overJwtBearer[algorithm],
})

const cachedOn = {
  Express: ['bailiwick-cached', 'unguarded', 'express-oauth2-jwt-bearer'],
  Koa: ['bailiwick-cached', 'unguarded'],
  'node:http': ['bailiwick-cached', 'unguarded'],
} as const satisfies Record<Framework, readonly Guard[]>

/** An unguarded route of node:http does next to nothing, and of Koa not much: only that of Express says something. */
const cachedTargetsOf = (framework: Framework): RaceTargets =>
  framework === 'Express'
    ? { [names.unguarded]: atLeast(0.85), [names['express-oauth2-jwt-bearer']]: atLeast(1.9) }
    : {}

interface Field extends Pick<Race, 'title' | 'connections'> {
  readonly framework: Framework
  readonly algorithm: Algorithm
  readonly guards: readonly Guard[]
}

async function raceOf({ framework, algorithm, guards, ...race }: Field): Promise<Race> {
  const { token, publicKey } = await issueToken(algorithm)
  return {
    ...race,
    entrants: guards.map((guard) => ({
      name: names[guard],
      contender: { suite: 'guard', framework, guard, publicKey, algorithm },
    })),
    async prepare(origin, name) {
      await (name === names.unguarded ? verifyRoute(origin, token) : verifyGuard(origin, token))
      return { method: 'GET', path: world.path, headers: { authorization: `Bearer ${token}` } }
    },
  }
}

/** What it costs Bailiwick, for information, that requests wait for those that arrive with them when none does. */
async function measureAlone(algorithm: Algorithm, track: RaceTrack): Promise<Section> {
  const framework = 'Express'
  const title = `${framework}, ${algorithm}, one request at a time`
  const guards = guardsOn[framework]
  return raceSection(
    await raceOf({ framework, algorithm, guards, title, connections: 1 }),
    {},
    track,
  )
}

/** How much the guard of an API slows its routes down. */
export const guard: Suite = {
  name: 'guard',
  description: 'a route that takes a JWT access token',
  sections: algorithms.flatMap((algorithm) => [
    ...frameworks.flatMap((framework) => [
      async (track: RaceTrack) => {
        const field = { framework, algorithm, title: `${framework}, ${algorithm}` }
        const race = await raceOf({ ...field, guards: guardsOn[framework] })
        return raceSection(race, targetsOf(algorithm), track)
      },
      async (track: RaceTrack) => {
        const field = { framework, algorithm, title: `${framework}, ${algorithm}, verifiedCache` }
        const race = await raceOf({ ...field, guards: cachedOn[framework] })
        return raceSection(race, cachedTargetsOf(framework), track)
      },
    ]),
    (track: RaceTrack) => measureAlone(algorithm, track),
  ]),
}
