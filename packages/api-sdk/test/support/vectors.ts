import {
  constants,
  createPublicKey,
  generateKeyPairSync,
  privateEncrypt,
  sign as signBytes,
} from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { encode, validClaims } from './test-issuer.js'

/** A JWS, the keys of its issuer, and whether it may be accepted, in the form of Project Wycheproof. */
export interface Vector {
  readonly comment: string
  readonly result: 'valid' | 'invalid'
  readonly keys: readonly object[]
  readonly jws: string
}

/** A key, and how it signs. */
export interface VectorKey {
  readonly alg: string
  readonly kid: string
  readonly privateKey: KeyObject
  readonly jwk: Readonly<Record<string, unknown>>
  readonly sign: (input: string) => Buffer
}

type Options = Readonly<{ padding?: number; saltLength?: number; dsaEncoding?: 'ieee-p1363' }>

const rsa = (): KeyObject => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
const ec = (namedCurve: string): KeyObject => generateKeyPairSync('ec', { namedCurve }).privateKey

const pss = (saltLength: number): Options => ({
  padding: constants.RSA_PKCS1_PSS_PADDING,
  saltLength,
})
const p1363: Options = { dsaEncoding: 'ieee-p1363' }

const generators: Readonly<
  Record<string, readonly [digest: string | null, () => KeyObject, Options]>
> = {
  RS256: ['sha256', rsa, {}],
  RS384: ['sha384', rsa, {}],
  RS512: ['sha512', rsa, {}],
  PS256: ['sha256', rsa, pss(32)],
  PS384: ['sha384', rsa, pss(48)],
  PS512: ['sha512', rsa, pss(64)],
  ES256: ['sha256', () => ec('P-256'), p1363],
  ES384: ['sha384', () => ec('P-384'), p1363],
  ES512: ['sha512', () => ec('P-521'), p1363],
  EdDSA: [null, () => generateKeyPairSync('ed25519').privateKey, {}],
}

export const algorithms = Object.keys(generators)

/** Makes a key, or uses one for another algorithm. */
export function vectorKey(alg: string, existing?: KeyObject): VectorKey {
  const [digest = null, generate = rsa, options] = generators[alg] ?? []
  const privateKey = existing ?? generate()
  const jwk = createPublicKey(privateKey).export({ format: 'jwk' })
  const kid = `key-${alg}`
  return {
    alg,
    kid,
    privateKey,
    jwk: { ...jwk, alg, kid, use: 'sig' },
    sign: (input) => signBytes(digest, Buffer.from(input), { key: privateKey, ...options }),
  }
}

export const headerOf = ({
  alg,
  kid,
}: Pick<VectorKey, 'alg' | 'kid'>): Record<string, unknown> => ({
  typ: 'at+jwt',
  alg,
  kid,
})

/** What is signed: the header of a key, or another, and the claims of a valid token. */
export const inputOf = (header: unknown, payload: unknown = validClaims): string =>
  `${encode(header)}.${encode(payload)}`

export const base64url = (bytes: Buffer): string => bytes.toString('base64url')

/** A JWS with a signature of any bytes. */
export const withSignature = (key: VectorKey, signature: Buffer): string =>
  `${inputOf(headerOf(key))}.${base64url(signature)}`

/** Signs any encoded message, however it is padded: what only the owner of a key can do, and some do wrong. */
export const signPadded = ({ privateKey }: VectorKey, padded: Buffer): Buffer =>
  privateEncrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, padded)
