interface ErrorKind {
  readonly status: number
  /** Whether a client that authenticates again can cure it, so that the response says how (RFC 9110 section 11.6.1). */
  readonly challenge: boolean
}

const kinds = {
  missing_token: { status: 401, challenge: true },
  invalid_request: { status: 400, challenge: true },
  invalid_token: { status: 401, challenge: true },
  invalid_dpop_proof: { status: 401, challenge: true },
  use_dpop_nonce: { status: 401, challenge: true },
  insufficient_scope: { status: 403, challenge: true },
  insufficient_user_authentication: { status: 401, challenge: true },
  insufficient_authorization_details: { status: 403, challenge: false },
  access_denied: { status: 403, challenge: false },
  temporarily_unavailable: { status: 503, challenge: false },
} as const satisfies Record<string, ErrorKind>

/**
 * What went wrong, as the client sees it: the `error` of RFC 6750 section 3.1, of RFC 9449 section 12.2 and of RFC 9470, two
 * of RFC 6749, and `insufficient_authorization_details`, for which no RFC has a name. `missing_token` is the one that is not sent, because
 * a request without credentials is told of no error (RFC 6750 section 3.1).
 */
export type ApiAuthErrorCode = keyof typeof kinds

interface Reason {
  readonly code: ApiAuthErrorCode
  readonly description: string
}

const invalid = (description: string): Reason & { readonly code: 'invalid_token' } => ({
  code: 'invalid_token',
  description,
})
const notValid = invalid('the access token is not valid')
const wrongProof = {
  code: 'invalid_dpop_proof',
  description: 'the DPoP proof is not valid',
} as const satisfies Reason
const notNow = {
  code: 'temporarily_unavailable',
  description: 'access tokens cannot be checked at the moment',
} as const satisfies Reason

const notAllowed = { code: 'access_denied', description: 'this request is not allowed' } as const

// Descriptions tell a client what it can mend. Why exactly a token is no good otherwise is only for our side to know.
const reasons = {
  no_credentials: { code: 'missing_token', description: 'an access token is needed' },
  unsupported_scheme: { code: 'missing_token', description: 'an access token is needed' },
  malformed_credentials: {
    code: 'invalid_request',
    description: 'the Authorization header is not a scheme and one access token',
  },
  multiple_credentials: {
    code: 'invalid_request',
    description: 'the request has more than one Authorization header',
  },
  multiple_tokens: {
    code: 'invalid_request',
    description: 'the request has more than one access token',
  },
  malformed_access_token: {
    code: 'invalid_request',
    description: 'the access token has characters that none has',
  },
  token_too_long: invalid('the access token is too long'),
  malformed_token: notValid,
  wrong_type: invalid('the token is no access token of type at+jwt'),
  not_an_access_token: invalid('the token is no access token'),
  algorithm_not_allowed: notValid,
  unsupported_header: notValid,
  unknown_issuer: notValid,
  issuer_trailing_slash: notValid,
  unknown_key: notValid,
  ambiguous_key: notValid,
  invalid_signature: notValid,
  malformed_claim: invalid('the access token has a malformed claim'),
  missing_claim: invalid('the access token lacks a required claim'),
  expired: invalid('the access token has expired'),
  not_yet_valid: invalid('the access token is not valid yet'),
  too_old: invalid('the access token was issued too long ago'),
  wrong_audience: invalid('the access token is for another resource'),
  extra_audience: invalid('the access token is also for other resources'),
  unknown_client: invalid('the access token was issued to a client that is not accepted'),
  inactive: invalid('the access token is not active'),
  revoked: invalid('the access token was revoked'),
  unsupported_confirmation: invalid(
    'the access token is bound to something that is not understood',
  ),
  binding_required: invalid('the access token is bound to a key that was not proven'),
  binding_mismatch: invalid('the access token is bound to another key or certificate'),
  certificate_missing: invalid('the access token is bound to a certificate that was not shown'),
  no_key_binding: invalid('the access token is not bound to a key'),
  no_certificate_binding: invalid('the access token is not bound to a certificate'),
  proof_missing: { code: 'invalid_dpop_proof', description: 'a DPoP proof is needed' },
  proof_repeated: wrongProof,
  proof_malformed: wrongProof,
  proof_wrong_type: wrongProof,
  proof_wrong_algorithm: wrongProof,
  proof_unsupported_header: wrongProof,
  proof_wrong_key: wrongProof,
  proof_wrong_signature: wrongProof,
  proof_wrong_method: wrongProof,
  proof_wrong_uri: wrongProof,
  proof_wrong_time: wrongProof,
  proof_wrong_identifier: wrongProof,
  proof_wrong_nonce: wrongProof,
  proof_wrong_token: wrongProof,
  proof_replayed: wrongProof,
  nonce_required: {
    code: 'use_dpop_nonce',
    description: 'the DPoP proof needs the nonce of this response',
  },
  insufficient_scope: {
    code: 'insufficient_scope',
    description: 'the access token lacks a scope that this request needs',
  },
  insufficient_user_authentication: {
    code: 'insufficient_user_authentication',
    description: 'this request needs another authentication of the user',
  },
  claim_mismatch: notAllowed,
  role_mismatch: notAllowed,
  client_mismatch: notAllowed,
  subject_mismatch: notAllowed,
  tenant_mismatch: notAllowed,
  insufficient_authorization_details: {
    code: 'insufficient_authorization_details',
    description: 'the authorization details of the access token do not allow this request',
  },
  keys_unavailable: notNow,
  introspection_unavailable: notNow,
  introspection_credentials_rejected: notNow,
  invalid_introspection_response: notNow,
  revocation_unavailable: notNow,
  replay_store_unavailable: notNow,
  internal: notNow,
} as const satisfies Record<string, Reason>

/** Why a request was refused, for machines on the side of the API: more precise than what the client sees. */
export type ApiAuthErrorReason = keyof typeof reasons

type ReasonOf<Code extends ApiAuthErrorCode> = {
  [Name in ApiAuthErrorReason]: (typeof reasons)[Name]['code'] extends Code ? Name : never
}[ApiAuthErrorReason]

/** Why a valid token is refused for good: neither more scopes nor another authentication would help. */
export type ForbiddenReason = ReasonOf<'access_denied' | 'insufficient_authorization_details'>

/** Everything the table knows about a reason. */
export function describeReason(reason: ApiAuthErrorReason): Reason & ErrorKind {
  return { ...reasons[reason], ...kinds[reasons[reason].code] }
}
