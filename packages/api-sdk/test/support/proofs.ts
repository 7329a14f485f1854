import { createPublicKey, hash } from 'node:crypto'
import type { JsonWebKey } from 'node:crypto'
import type { HeaderFields } from './guarded-app.js'
import { createKey, now, resource, sign } from './test-issuer.js'
import type { TestKey } from './test-issuer.js'
import type { World } from './world.js'

type Changes = Readonly<Record<string, unknown>>

/** The key that bound tokens are bound to. */
export const proofKey = createKey('ES256', 'proof')

const publicJwk = ({ privateKey }: TestKey): JsonWebKey =>
  createPublicKey(privateKey).export({ format: 'jwk' })

function thumbprintOf(key: TestKey): string {
  const { crv, kty, x, y } = publicJwk(key)
  return hash('sha256', JSON.stringify({ crv, kty, x, y }), 'base64url')
}

export const thumbprint = thumbprintOf(proofKey)

let count = 0

/** A valid proof for a GET request of `/` with this token, except for what is changed. Each has another `jti`. */
export function proofOf(
  token: string,
  claims: Changes = {},
  { key = proofKey, ...header }: Changes & { readonly key?: TestKey } = {},
): string {
  count += 1
  return sign(
    key,
    { typ: 'dpop+jwt', alg: key.alg, jwk: publicJwk(key), ...header },
    {
      htm: 'GET',
      htu: `${resource}/`,
      iat: now,
      jti: `proof-${count}`,
      ath: hash('sha256', token, 'base64url'),
      ...claims,
    },
  )
}

/** A token that is bound to {@link proofKey}. */
export const boundToken = ({ token }: Pick<World, 'token'>, claims: Changes = {}): string =>
  token({ cnf: { jkt: thumbprint }, ...claims })

/** The header fields of a request with a token and a proof. */
export const dpop = (token: string, proof = proofOf(token)): HeaderFields => [
  ['authorization', `DPoP ${token}`],
  ['dpop', proof],
]
