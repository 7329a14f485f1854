/**
 * The algorithms a DPoP proof may be signed with (RFC 7518 section 3.1, RFC 8037 section 3.1, RFC 9864 section 2.2). All
 * are asymmetric (RFC 9449 section 4.2).
 */
export const dpopAlgorithms = [
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
  'PS256',
  'PS384',
  'PS512',
  'RS256',
  'RS384',
  'RS512',
] as const

/** An algorithm a DPoP proof may be signed with. */
export type DPoPAlgorithm = (typeof dpopAlgorithms)[number]

/** Tells whether a value names a {@link DPoPAlgorithm}. */
export function isDPoPAlgorithm(value: unknown): value is DPoPAlgorithm {
  return dpopAlgorithms.some((algorithm) => algorithm === value)
}
