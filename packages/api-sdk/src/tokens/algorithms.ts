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

interface AlgorithmTraits {
  readonly kty: string
  readonly crv?: string
  /** What Web Crypto calls it. A hash that is not here is part of the key. */
  readonly parameters: {
    readonly name: string
    readonly hash?: string
    readonly saltLength?: number
  }
}

const rsa = { kty: 'RSA', parameters: { name: 'RSASSA-PKCS1-v1_5' } } as const
const rsaPss = (saltLength: number): AlgorithmTraits => ({
  kty: 'RSA',
  parameters: { name: 'RSA-PSS', saltLength },
})
const ecdsa = (crv: string, hash: string): AlgorithmTraits => ({
  kty: 'EC',
  crv,
  parameters: { name: 'ECDSA', hash },
})
const ed25519 = { kty: 'OKP', crv: 'Ed25519', parameters: { name: 'Ed25519' } } as const

const traits: Readonly<Record<AccessTokenAlgorithm, AlgorithmTraits>> = {
  RS256: rsa,
  RS384: rsa,
  RS512: rsa,
  PS256: rsaPss(32),
  PS384: rsaPss(48),
  PS512: rsaPss(64),
  ES256: ecdsa('P-256', 'SHA-256'),
  ES384: ecdsa('P-384', 'SHA-384'),
  ES512: ecdsa('P-521', 'SHA-512'),
  EdDSA: ed25519,
  Ed25519: ed25519,
}

/** How Web Crypto checks a signature of this algorithm. */
export function verificationParameters(
  algorithm: AccessTokenAlgorithm,
): AlgorithmTraits['parameters'] {
  return traits[algorithm].parameters
}

/** Tells whether a value names an {@link AccessTokenAlgorithm}. */
export function isAccessTokenAlgorithm(value: unknown): value is AccessTokenAlgorithm {
  return typeof value === 'string' && Object.hasOwn(traits, value)
}

/** Tells whether a key of this type and curve signs with this algorithm. */
export function fitsAccessTokenAlgorithm(
  key: { readonly kty?: unknown; readonly crv?: unknown },
  algorithm: AccessTokenAlgorithm,
): boolean {
  const { kty, crv } = traits[algorithm]
  return key.kty === kty && (crv === undefined || key.crv === crv)
}
