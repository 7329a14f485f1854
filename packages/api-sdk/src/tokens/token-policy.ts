import type { Introspection } from '../introspection/introspection.js'
import type { IssuerKeys } from '../keys/issuer-keys.js'
import type { Limits } from '../options/limit-options.js'
import type { AccessTokenAlgorithm } from './algorithms.js'
import type { AudienceCheck } from './audience.js'
import type { DecodeToken, HeaderRules } from './decode-token.js'
import type { TokenShape } from './token-shape.js'
import type { ImpliedBy } from './implied-scopes.js'
import type { VerifiedCache } from './verified-cache.js'

/** An issuer whose tokens are accepted, with the only keys and audiences that count for it. */
export interface TrustedIssuer {
  readonly issuer: string
  readonly algorithms: ReadonlySet<AccessTokenAlgorithm>
  readonly checkAudience: AudienceCheck
  readonly shape: TokenShape
  /** The accepted types of headers, in lower case. */
  readonly types: HeaderRules['types']
  /** Undefined: tokens of any client. */
  readonly clients: ReadonlySet<string> | undefined
  readonly keys: IssuerKeys
}

/** The one issuer that is asked about tokens. */
export interface AskedIssuer {
  /** What it says about a token may lack more than its JWTs. */
  readonly issuer: TrustedIssuer
  readonly introspection: Introspection
  /** `opaque`: about tokens that are no JWTs; `every`: about JWTs too, whose signatures are then not looked at. */
  readonly about: 'opaque' | 'every'
}

/** What tokens are checked against. */
export interface TokenPolicy {
  readonly issuers: ReadonlyMap<string, TrustedIssuer>
  /** Undefined: nobody is asked, and every token has to be a JWT. */
  readonly asked: AskedIssuer | undefined
  /** Undefined: every signature is checked. */
  readonly verifiedCache: VerifiedCache | undefined
  readonly decode: DecodeToken
  readonly limits: Limits
  /** In seconds. */
  readonly clockTolerance: number
  /** In seconds. */
  readonly maxTokenAge: number | undefined
  readonly subject: 'required' | 'optional'
  /** Adds to the scopes of a token those that they imply. */
  readonly impliedBy: ImpliedBy
  /** In seconds since 1970. */
  readonly now: () => number
}
