import { importJWK, SignJWT } from 'jose'
import type { JWTHeaderParameters, JWTPayload } from 'jose'
import type { SigningKeyJwk, Store } from '../../src/index.js'
import { createMemoryStore } from '../../src/index.js'
import { issuer, now, signingKeys } from './server.js'

// Of the keys of `testServer` the one that signs fastest.
const [, , , ed25519] = signingKeys

/** The claims of a good access token about bob. */
export const accessTokenClaims: JWTPayload = {
  iss: issuer,
  sub: 'bob',
  client_id: 'client',
  iat: now,
  nbf: now,
  exp: now + 60,
  jti: 'token-1',
  scope: 'openid',
}

/** Signs whatever it is given with a key of `testServer`, or another one: what the server itself would never sign. */
export async function signOwn(
  claims: JWTPayload,
  header: Partial<JWTHeaderParameters> = {},
  jwk: SigningKeyJwk = ed25519,
): Promise<string> {
  const signer = new SignJWT(claims).setProtectedHeader({ alg: jwk.alg, typ: 'at+jwt', ...header })
  return signer.sign(await importJWK(jwk, jwk.alg))
}

/** A good access token but for what differs. */
export const accessToken = (
  change: JWTPayload = {},
  header: Partial<JWTHeaderParameters> = {},
): Promise<string> => signOwn({ ...accessTokenClaims, ...change }, header)

/** A store that cannot answer one kind of question. */
export function brokenStore(method: keyof Store, cause: Error): Store {
  return {
    ...createMemoryStore({ now: () => now }),
    [method]: async () => {
      throw cause
    },
  }
}
