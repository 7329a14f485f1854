import { signingAlgorithms } from '@bailiwick/protocol'
import { compactVerify, createLocalJWKSet, errors } from 'jose'
import type { JWK, JWTHeaderParameters } from 'jose'

/** A JWT that one of this server's keys has signed. Nothing in it has been compared with anything. */
export interface VerifiedJwt {
  readonly header: Readonly<JWTHeaderParameters>
  readonly claims: Readonly<Record<string, unknown>>
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isFaultOfToken = (thrown: unknown): boolean =>
  thrown instanceof errors.JOSEError || thrown instanceof SyntaxError

/**
 * Makes the function that checks signatures with these keys: each only for the algorithm it is published with, so that
 * no token chooses how it is checked (RFC 8725 section 3.1). It gives `undefined` for what none of them has signed, and
 * throws when the keys themselves are no good.
 */
export function createJwtVerifier(
  keys: readonly JWK[],
): (token: string) => Promise<VerifiedJwt | undefined> {
  const keySet = createLocalJWKSet({ keys: [...keys] })
  const algorithms = [...signingAlgorithms]
  return async (token) => {
    try {
      const { protectedHeader, payload } = await compactVerify(token, keySet, { algorithms })
      const claims: unknown = JSON.parse(new TextDecoder().decode(payload))
      return isObject(claims) ? { header: protectedHeader, claims } : undefined
    } catch (error) {
      if (isFaultOfToken(error)) return undefined
      throw error
    }
  }
}
