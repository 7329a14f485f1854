import { generateKeyPairSync, randomUUID } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { SignJWT } from 'jose'
import type { JWK } from 'jose'
import type { Guard, GuardContender } from '../guard/guard-contender.js'
import { verifyGuard } from '../guard/verify-guard.js'
import { world } from '../guard/world.js'
import type { Race } from '../measure/race.js'
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
  jose: 'bare route, jose',
  'express-oauth2-jwt-bearer': 'express-oauth2-jwt-bearer',
} as const satisfies Record<Guard, string>

const guardsOn = {
  Express: ['bailiwick', 'jose', 'express-oauth2-jwt-bearer'],
  Koa: ['bailiwick', 'jose'],
} as const satisfies Record<GuardContender['framework'], readonly Guard[]>

const frameworks = ['Express', 'Koa'] as const

const targets: RaceTargets = {
  [names.jose]: { bound: 'at least', ratio: 0.95 },
  [names['express-oauth2-jwt-bearer']]: { bound: 'at least', ratio: 1 },
}

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

async function raceOn(framework: GuardContender['framework'], algorithm: Algorithm): Promise<Race> {
  const keyPair = generateKeyPair[algorithm]()
  const token = await issueToken(algorithm, keyPair.privateKey)
  const publicKey: JWK = {
    ...keyPair.publicKey.export({ format: 'jwk' }),
    kid,
    alg: algorithm,
    use: 'sig',
  }
  return {
    title: `${framework}, ${algorithm}`,
    entrants: guardsOn[framework].map((guard) => ({
      name: names[guard],
      contender: { suite: 'guard', framework, guard, publicKey, algorithm },
    })),
    async prepare(origin) {
      await verifyGuard(origin, token)
      return { method: 'GET', path: world.path, headers: { authorization: `Bearer ${token}` } }
    },
  }
}

/** How much the guard of an API slows its routes down. */
export const guard: Suite = {
  name: 'guard',
  description: 'a route that takes a JWT access token',
  sections: algorithms.flatMap((algorithm) =>
    frameworks.map(
      (framework) => async (track) =>
        raceSection(await raceOn(framework, algorithm), targets, track),
    ),
  ),
}
