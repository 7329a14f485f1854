import { createHash, randomUUID } from 'node:crypto'
import type { JWK } from 'jose'
import type { AccessTokenAlgorithm } from '../tokens/algorithms.js'
import { createSigningKey } from './signing-key.js'

/** The request that a proof is for. */
export interface ProofOptions {
  readonly method: string
  /** Query and fragment are left out of the proof, as they have to be. */
  readonly url: string
  /** The access token that is sent along. */
  readonly token?: string
  /** The last one that the API gave in `DPoP-Nonce`. */
  readonly nonce?: string
  /** Changes claims of the proof. One that is undefined is left out. */
  readonly claims?: Readonly<Record<string, unknown>>
  /** Changes header parameters of the proof. One that is undefined is left out. */
  readonly header?: Readonly<Record<string, unknown>>
}

/** The key of a client that binds its tokens to it (RFC 9449). */
export interface DPoPKey {
  /** The public half. */
  readonly jwk: JWK
  /** What a token that is bound to the key has as `cnf.jkt`. */
  readonly thumbprint: string
  /** Makes the `DPoP` header of one request: valid, except for what is changed. */
  readonly proof: (options: ProofOptions) => Promise<string>
}

const targetOf = (url: string): string => {
  const { origin, pathname } = new URL(url)
  return `${origin}${pathname}`
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url')

/** Makes the key of a client. */
export async function createDPoPKey(
  algorithm: AccessTokenAlgorithm,
  now: () => number,
): Promise<DPoPKey> {
  const { jwk, thumbprint, sign } = await createSigningKey(algorithm)
  return {
    jwk,
    thumbprint,
    proof: async ({ method, url, token, nonce, claims, header }) =>
      sign(
        { typ: 'dpop+jwt', alg: algorithm, jwk, ...header },
        {
          jti: randomUUID(),
          htm: method,
          htu: targetOf(url),
          iat: Math.floor(now()),
          ath: token === undefined ? undefined : hashOf(token),
          nonce,
          ...claims,
        },
      ),
  }
}
