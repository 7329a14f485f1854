import { createPublicKey, generateKeyPairSync, sign as signBytes } from 'node:crypto'
import type { JsonWebKey, KeyObject } from 'node:crypto'

/** The moment at which all tests take place, in seconds since 1970. */
export const now = 1_800_000_000

export const issuer = 'https://id.example.com'
export const resource = 'https://api.example.com'

export interface TestKey {
  readonly alg: string
  readonly kid: string
  readonly privateKey: KeyObject
  readonly jwk: JsonWebKey & { readonly kid?: string; readonly alg?: string }
}

const makeKeyPair: Readonly<Record<string, () => { readonly privateKey: KeyObject }>> = {
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  PS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  ES384: () => generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  EdDSA: () => generateKeyPairSync('ed25519'),
}

function publicJwk(privateKey: KeyObject): JsonWebKey {
  return createPublicKey(privateKey).export({ format: 'jwk' })
}

export function createKey(alg: string, kid: string): TestKey {
  const { privateKey } = makeKeyPair[alg]!()
  return { alg, kid, privateKey, jwk: { ...publicJwk(privateKey), kid, alg, use: 'sig' } }
}

export function weakKey(kid: string): TestKey {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 })
  return { alg: 'RS256', kid, privateKey, jwk: { ...publicJwk(privateKey), kid, alg: 'RS256' } }
}

const signatures: Readonly<Record<string, (data: Buffer, key: KeyObject) => Buffer>> = {
  RS256: (data, key) => signBytes('sha256', data, key),
  PS256: (data, key) => signBytes('sha256', data, { key, padding: 6, saltLength: 32 }),
  ES256: (data, key) => signBytes('sha256', data, { key, dsaEncoding: 'ieee-p1363' }),
  ES384: (data, key) => signBytes('sha384', data, { key, dsaEncoding: 'ieee-p1363' }),
  EdDSA: (data, key) => signBytes(null, data, key),
}

export const encode = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

/** Signs any header and payload, as objects or as the exact text. */
export function sign(key: TestKey, header: unknown, payload: unknown): string {
  const input = `${encode(header)}.${encode(payload)}`
  return `${input}.${signatures[key.alg]!(Buffer.from(input), key.privateKey).toString('base64url')}`
}

/** The header of a valid token. */
export const headerOf = ({ alg, kid }: TestKey): Record<string, unknown> => ({
  typ: 'at+jwt',
  alg,
  kid,
})

/** The claims of a valid token. */
export const validClaims: Readonly<Record<string, unknown>> = {
  iss: issuer,
  aud: resource,
  sub: 'alice',
  client_id: 'web',
  iat: now - 10,
  exp: now + 300,
  jti: 'token-1',
  scope: 'read',
}

/** A valid token, except for what is changed. A claim or header parameter that is undefined is left out. */
export function tokenOf(
  key: TestKey,
  claims: Readonly<Record<string, unknown>> = {},
  header: Readonly<Record<string, unknown>> = {},
): string {
  return sign(key, { ...headerOf(key), ...header }, { ...validClaims, ...claims })
}
