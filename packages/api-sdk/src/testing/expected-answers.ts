import type { ApiAuthErrorReason } from '../errors/reasons.js'
import type { ExpectedAnswer } from './abuse-case.js'

/** The request passes. */
export const passes: ExpectedAnswer = { status: 200, challenges: [] }

/** The client is told how to begin, and of no error (RFC 6750 section 3.1). */
export const challenged = (reason: ApiAuthErrorReason): ExpectedAnswer => ({
  status: 401,
  challenges: [{ scheme: 'Bearer' }],
  reason,
})

/** The request is malformed. */
export const invalidRequest = (reason?: ApiAuthErrorReason): ExpectedAnswer => ({
  status: 400,
  challenges: [{ scheme: 'Bearer', error: 'invalid_request' }],
  ...(reason && { reason }),
})

/** The token is no good. */
export const invalidToken = (reason: ApiAuthErrorReason): ExpectedAnswer => ({
  status: 401,
  challenges: [{ scheme: 'Bearer', error: 'invalid_token' }],
  reason,
})

/** The token is good, and not enough. */
export const insufficientScope: ExpectedAnswer = {
  status: 403,
  challenges: [{ scheme: 'Bearer', error: 'insufficient_scope' }],
  reason: 'insufficient_scope',
}

/** Nobody can tell at the moment, which is not the client's fault. */
export const unavailable = (reason: ApiAuthErrorReason): ExpectedAnswer => ({
  status: 503,
  challenges: [],
  reason,
})

/** A client that uses DPoP is told what is wrong. */
export const dpopRefused = (
  error: 'invalid_token' | 'invalid_dpop_proof',
  reason?: ApiAuthErrorReason,
): ExpectedAnswer => ({
  status: 401,
  challenges: [{ scheme: 'DPoP', error }],
  ...(reason && { reason }),
})

/** The proof is no good. */
export const invalidProof = (reason?: ApiAuthErrorReason): ExpectedAnswer =>
  dpopRefused('invalid_dpop_proof', reason)
