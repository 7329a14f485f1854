/**
 * What is wrong with a DPoP proof, for logs and metrics: a client is told no more than `invalid_dpop_proof`.
 *
 * - `malformed`: longer than it may be, or no JWT
 * - `wrong_type`: its `typ` is not `dpop+jwt`
 * - `wrong_algorithm`: its `alg` is none of those that are accepted
 * - `unsupported_header`: it has `crit` or `b64`
 * - `wrong_key`: its `jwk` is missing, not public, or does not fit `alg`
 * - `wrong_signature`: it was not signed with that key
 * - `wrong_method`, `wrong_uri`: it is for another request (`htm`, `htu`)
 * - `wrong_time`: it is too old, from the future, or does not say when it was made (`iat`, `exp`, `nbf`)
 * - `wrong_identifier`: its `jti` is no text, empty, or longer than it may be
 * - `wrong_nonce`: its `nonce` is no text
 * - `wrong_token`: it does not belong to the access token (`ath`)
 */
export type DPoPProofProblem =
  | 'malformed'
  | 'wrong_type'
  | 'wrong_algorithm'
  | 'unsupported_header'
  | 'wrong_key'
  | 'wrong_signature'
  | 'wrong_method'
  | 'wrong_uri'
  | 'wrong_time'
  | 'wrong_identifier'
  | 'wrong_nonce'
  | 'wrong_token'

/** A DPoP proof that proves nothing. It holds nothing of the proof. */
export class DPoPProofError extends Error {
  override readonly name = 'DPoPProofError'
  readonly problem: DPoPProofProblem

  constructor(problem: DPoPProofProblem) {
    super(`the DPoP proof is not valid: ${problem}`)
    this.problem = problem
  }
}
