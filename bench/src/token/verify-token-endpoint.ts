import { deepStrictEqual, strictEqual } from 'node:assert/strict'
import { createPublicKey } from 'node:crypto'
import type { SigningKeyJwk } from '@bailiwick/core'
import { jwtVerify } from 'jose'
import type { LoadRequest } from '../measure/generate-load.js'
import { constantClaims, world } from './world.js'

const textOf = (body: unknown, member: string): string => {
  const value: unknown = typeof body === 'object' && body !== null && Reflect.get(body, member)
  if (typeof value === 'string') return value
  throw new TypeError(`the answer has no ${member}`)
}

/** Throws unless a token endpoint answers the request with the token it should: algorithm, signature and claims. */
export async function verifyTokenEndpoint(
  origin: string,
  { path, ...request }: LoadRequest,
  signingKey: SigningKeyJwk,
): Promise<void> {
  const response = await fetch(origin + path, request)
  strictEqual(response.status, 200, `${origin} answers ${response.status}`)
  const body: unknown = await response.json()
  strictEqual(textOf(body, 'token_type'), 'Bearer')
  strictEqual(textOf(body, 'scope'), constantClaims.scope)

  const publicKey = createPublicKey({ key: { ...signingKey }, format: 'jwk' })
  const { payload } = await jwtVerify(textOf(body, 'access_token'), publicKey, {
    algorithms: [signingKey.alg],
    typ: 'at+jwt',
    requiredClaims: ['jti'],
  })
  const { iat = 0, exp } = payload
  strictEqual(exp, iat + world.lifetime)
  const claims = Object.keys(constantClaims).map((name) => [name, payload[name]])
  deepStrictEqual(Object.fromEntries(claims), constantClaims)
}
