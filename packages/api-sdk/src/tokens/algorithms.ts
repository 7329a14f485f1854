/**
 * The algorithms an access token may be signed with (RFC 7518 section 3.1, RFC 8037 section 3.1, RFC 9864 section 2.2).
 * All are asymmetric: an API that could make tokens itself would be a second issuer.
 */
export const accessTokenAlgorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
] as const

/** An algorithm an access token may be signed with. */
export type AccessTokenAlgorithm = (typeof accessTokenAlgorithms)[number]

interface KeyType {
  readonly kty: string
  readonly crv?: string
}

const rsa: KeyType = { kty: 'RSA' }
const ed25519: KeyType = { kty: 'OKP', crv: 'Ed25519' }

const keyTypes: Readonly<Record<AccessTokenAlgorithm, KeyType>> = {
  RS256: rsa,
  RS384: rsa,
  RS512: rsa,
  PS256: rsa,
  PS384: rsa,
  PS512: rsa,
  ES256: { kty: 'EC', crv: 'P-256' },
  ES384: { kty: 'EC', crv: 'P-384' },
  ES512: { kty: 'EC', crv: 'P-521' },
  EdDSA: ed25519,
  Ed25519: ed25519,
}

/** Tells whether a value names an {@link AccessTokenAlgorithm}. */
export function isAccessTokenAlgorithm(value: unknown): value is AccessTokenAlgorithm {
  return typeof value === 'string' && Object.hasOwn(keyTypes, value)
}

/** Tells whether a key of this type and curve signs with this algorithm. */
export function fitsAccessTokenAlgorithm(
  key: { readonly kty?: unknown; readonly crv?: unknown },
  algorithm: AccessTokenAlgorithm,
): boolean {
  const { kty, crv } = keyTypes[algorithm]
  return key.kty === kty && (crv === undefined || key.crv === crv)
}
