import { generateKeyPairSync, randomUUID } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { SignJWT } from 'jose'
import type { JWK } from 'jose'
import type { Guard, GuardContender } from '../guard/guard-contender.js'
import { verifyGuard, verifyRoute } from '../guard/verify-guard.js'
import { world } from '../guard/world.js'
import type { Target } from '../measure/comparison.js'
import type { Race, RaceTrack } from '../measure/race.js'
import { raceSection } from './race-section.js'
import type { RaceTargets } from './race-section.js'
import type { Suite } from './suite.js'

const generateKeyPair = {
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
} as const

type Algorithm = keyof typeof generateKeyPair

const algorithms = ['RS256', 'ES256'] as const satisfies readonly Algorithm[]

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

const kid = 'bench'

function issueToken(alg: Algorithm, privateKey: KeyObject): Promise<string> {
  return new SignJWT({ client_id: 'web', scope: 'read write', jti: randomUUID() })
    .setProtectedHeader({ alg, kid, typ: 'at+jwt' })
    .setIssuer(world.issuer)
    .setAudience(world.audience)
    .setSubject(world.subject)
    .setIssuedAt()
    .setExpirationTime('1 hour')
    .sign(privateKey)
}

interface Field {
  readonly framework: Framework
  readonly algorithm: Algorithm
  readonly guards: readonly Guard[]
  readonly title: string
}

async function raceOf({ framework, algorithm, guards, title }: Field): Promise<Race> {
  const keyPair = generateKeyPair[algorithm]()
  const token = await issueToken(algorithm, keyPair.privateKey)
  const publicKey: JWK = {
    ...keyPair.publicKey.export({ format: 'jwk' }),
    kid,
    alg: algorithm,
    use: 'sig',
  }
  return {
    title,
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

/** How much the guard of an API slows its routes down. */
export const guard: Suite = {
  name: 'guard',
  description: 'a route that takes a JWT access token',
  sections: algorithms.flatMap((algorithm) =>
    frameworks.flatMap((framework) => [
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
  ),
}
