import { readScheme } from '../credentials/read-credentials.js'
import type { ChallengeContent } from '../errors/challenges.js'
import { describeReason } from '../errors/reasons.js'
import type { ApiAuthErrorReason } from '../errors/reasons.js'
import type { RequestFacts } from '../request-facts.js'
import type { DPoPSettings } from './prove-possession.js'

type Schemes = NonNullable<ChallengeContent['schemes']>

/** A refusal, and what it is about. */
export interface RefusedRequest {
  readonly reason: ApiAuthErrorReason
  /** Undefined for a token that came without one. */
  readonly request: RequestFacts | undefined
}

/**
 * The schemes a refused client is told of. DPoP is advertised only to clients that use it, that have a token for it, or
 * that cannot do without it: others might take it for the only way.
 */
export function challengeSchemes(
  { reason, request }: RefusedRequest,
  dpop: DPoPSettings | undefined,
): Schemes {
  if (dpop === undefined) return ['Bearer']
  if (dpop.mode === 'require' || reason === 'no_key_binding') return ['DPoP']
  if (request !== undefined && readScheme(request) === 'DPoP') return ['DPoP']
  if (reason === 'binding_required') return ['Bearer', 'DPoP']
  const isOffered = dpop.advertise && describeReason(reason).code === 'missing_token'
  return isOffered ? ['Bearer', 'DPoP'] : ['Bearer']
}
