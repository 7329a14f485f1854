/** The algorithms Bailiwick signs tokens with, by their JOSE names (RFC 7518 section 3.1, RFC 8037 section 3.1). */
export const signingAlgorithms = ['RS256', 'PS256', 'ES256', 'EdDSA'] as const

/** An algorithm Bailiwick signs tokens with. */
export type SigningAlgorithm = (typeof signingAlgorithms)[number]

interface KeyType {
  readonly kty: string
  readonly crv?: string
}

const keyTypes: Readonly<Record<SigningAlgorithm, KeyType>> = {
  RS256: { kty: 'RSA' },
  PS256: { kty: 'RSA' },
  ES256: { kty: 'EC', crv: 'P-256' },
  EdDSA: { kty: 'OKP', crv: 'Ed25519' },
}

/** Tells whether a value names a {@link SigningAlgorithm}. */
export function isSigningAlgorithm(value: unknown): value is SigningAlgorithm {
  return typeof value === 'string' && Object.hasOwn(keyTypes, value)
}

/** Tells whether a key of this type and curve signs with this algorithm. */
export function fitsAlgorithm(key: Partial<KeyType>, algorithm: SigningAlgorithm): boolean {
  const { kty, crv } = keyTypes[algorithm]
  return key.kty === kty && (crv === undefined || key.crv === crv)
}
