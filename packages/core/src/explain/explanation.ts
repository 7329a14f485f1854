import type { Decision } from '../decision.js'
import type { DecisionDescription } from './describe/description.js'
import type { ExplainRequest } from './explain-request.js'
import type { ProtocolClaim } from './protocol-claims.js'
import type { Suggestion } from './suggest/suggestion.js'
import type { WhyNotAnswer } from './why-not/why-not-answer.js'
import type { ExplainedError, Phase } from './trace.js'

/** A token, as whoever gets it can read it. */
export interface ExplainedToken {
  /** The JOSE header (RFC 7515 section 4). Absent for a reference token, which has none. */
  readonly header?: Readonly<Record<string, unknown>>
  readonly claims: Readonly<Record<string, unknown>>
}

/** One decision on the way to the tokens: what was decided, when, why, and by what in the configuration. */
export type ExplainedDecision = (Decision | ProtocolClaim) &
  DecisionDescription & { readonly phase: Phase }

/** Why a request gets the tokens that it gets. */
export interface Explanation {
  /** The request as it was understood. */
  readonly request: ExplainRequest & { readonly grantType: string }
  readonly accessToken?: ExplainedToken
  readonly idToken?: ExplainedToken
  /** What the userinfo endpoint answers to the access token. Absent when it is not one for userinfo. */
  readonly userinfo?: Readonly<Record<string, unknown>>
  /** What the client is told instead. */
  readonly error?: ExplainedError
  /** In the order in which they were made. */
  readonly decisions: readonly ExplainedDecision[]
  /** What could have been expected and is not there, and what would give it. */
  readonly suggestions: readonly Suggestion[]
  /** What the request asked about with `whyNot`. */
  readonly answers: readonly WhyNotAnswer[]
}
