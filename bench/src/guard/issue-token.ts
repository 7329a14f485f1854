import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'
import type { JWK } from 'jose'
import { world } from './world.js'

const generateKeyPair = {
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
} as const

/** An algorithm with which tokens are measured. */
export type Algorithm = keyof typeof generateKeyPair

/** All of them. */
export const algorithms = ['RS256', 'ES256'] as const satisfies readonly Algorithm[]

const kid = 'bench'

/** A token that every guard accepts that knows its key. */
export interface IssuedToken {
  readonly token: string
  readonly publicKey: JWK
}

/** Makes a key and a token of it. */
export async function issueToken(alg: Algorithm): Promise<IssuedToken> {
  const { privateKey, publicKey } = generateKeyPair[alg]()
  const token = await new SignJWT({ client_id: 'web', scope: 'read write', jti: randomUUID() })
    .setProtectedHeader({ alg, kid, typ: 'at+jwt' })
    .setIssuer(world.issuer)
    .setAudience(world.audience)
    .setSubject(world.subject)
    .setIssuedAt()
    .setExpirationTime('1 hour')
    .sign(privateKey)
  return { token, publicKey: { ...publicKey.export({ format: 'jwk' }), kid, alg, use: 'sig' } }
}
