import { Buffer } from 'node:buffer'
import { KeyObject, sign } from 'node:crypto'
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose'
import type { JWK } from 'jose'
import { verificationScheme } from '../tokens/algorithms.js'
import type { AccessTokenAlgorithm } from '../tokens/algorithms.js'

/** What a segment of a token is made from: text and bytes as they are, anything else as JSON. */
export type Segment = object | string | Uint8Array

/** A key that lives in this process and nowhere else. */
export interface SigningKey {
  readonly algorithm: AccessTokenAlgorithm
  /** The public half. */
  readonly jwk: JWK
  /** RFC 7638, with SHA-256. */
  readonly thumbprint: string
  /** Signs exactly this header and payload, whatever they are. */
  readonly sign: (header: Segment, payload: Segment) => string
}

/** Writes a segment of a token (RFC 7515 section 2). */
export function encodeSegment(segment: Segment): string {
  const isReady = typeof segment === 'string' || segment instanceof Uint8Array
  return Buffer.from(isReady ? segment : JSON.stringify(segment)).toString('base64url')
}

/** Makes a key. It signs with `node:crypto`, because a JOSE library rightly refuses what a test has to sign. */
export async function createSigningKey(algorithm: AccessTokenAlgorithm): Promise<SigningKey> {
  const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true })
  const key = KeyObject.from(privateKey)
  const jwk = await exportJWK(publicKey)
  const { digest, options } = verificationScheme(algorithm)
  return {
    algorithm,
    jwk,
    thumbprint: await calculateJwkThumbprint(jwk),
    sign: (header, payload) => {
      const input = `${encodeSegment(header)}.${encodeSegment(payload)}`
      const signature = sign(digest, Buffer.from(input), { key, ...options })
      return `${input}.${signature.toString('base64url')}`
    },
  }
}
