import { constants } from 'node:crypto'

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

/** How `node:crypto` checks a signature. */
export interface VerificationScheme {
  /** The hash; undefined where it is part of the algorithm. */
  readonly digest: string | undefined
  /** Undefined where the defaults are right. */
  readonly options?: SignatureOptions
}

type SignatureOptions =
  | { readonly padding: number; readonly saltLength: number }
  | { readonly dsaEncoding: 'ieee-p1363' }

interface AlgorithmTraits {
  readonly kty: string
  readonly crv?: string
  readonly scheme: VerificationScheme
}

const rsa = (digest: string): AlgorithmTraits => ({
  kty: 'RSA',
  scheme: { digest },
})
const rsaPss = (digest: string): AlgorithmTraits => ({
  kty: 'RSA',
  scheme: {
    digest,
    options: {
      padding: constants.RSA_PKCS1_PSS_PADDING,
      saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
    },
  },
})
const ecdsa = (crv: string, digest: string): AlgorithmTraits => ({
  kty: 'EC',
  crv,
  scheme: { digest, options: { dsaEncoding: 'ieee-p1363' } },
})
const ed25519: AlgorithmTraits = { kty: 'OKP', crv: 'Ed25519', scheme: { digest: undefined } }

const traits: Readonly<Record<AccessTokenAlgorithm, AlgorithmTraits>> = {
  RS256: rsa('sha256'),
  RS384: rsa('sha384'),
  RS512: rsa('sha512'),
  PS256: rsaPss('sha256'),
  PS384: rsaPss('sha384'),
  PS512: rsaPss('sha512'),
  ES256: ecdsa('P-256', 'sha256'),
  ES384: ecdsa('P-384', 'sha384'),
  ES512: ecdsa('P-521', 'sha512'),
  EdDSA: ed25519,
  Ed25519: ed25519,
}

/** How a signature of this algorithm is checked. */
export function verificationScheme(algorithm: AccessTokenAlgorithm): VerificationScheme {
  return traits[algorithm].scheme
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
