import { formatChallenge } from '@bailiwick/protocol'
import type { ApiAuthErrorCode } from './reasons.js'

/** How an access token is presented (RFC 6750 section 2.1, RFC 9449 section 7.1). */
export type TokenScheme = 'Bearer' | 'DPoP'

/** What clients are told when a request is refused. */
export interface ChallengeOptions {
  /**
   * Whether the response says in words what is wrong: a fixed text for each reason, never one with a value of the token.
   *
   * @defaultValue `true`
   */
  readonly descriptions?: boolean
  /**
   * What the body is: the `error` and `error_description` of OAuth, the same in a problem document (RFC 9457), or nothing.
   *
   * @defaultValue `'oauth'`
   */
  readonly body?: 'oauth' | 'problem+json' | 'none'
}

/** What every challenge of one API says about it. */
export interface ChallengeOrigin {
  /** The protection space (RFC 9110 section 11.5). */
  readonly realm?: string
  /** The address of the metadata document (RFC 9728 section 5.1). */
  readonly resourceMetadata?: string
  /** What DPoP proofs may be signed with (RFC 9449 section 7.1). */
  readonly proofAlgorithms?: readonly string[]
  /** @defaultValue descriptions, and a body as OAuth has it */
  readonly style?: ChallengeOptions
}

/** What a client is told in challenges. */
export interface ChallengeContent {
  readonly code: ApiAuthErrorCode
  readonly description: string
  readonly origin: ChallengeOrigin
  /**
   * The schemes a client may use. With the first it is told what is wrong, the others are only offered.
   *
   * @defaultValue Bearer
   */
  readonly schemes?: readonly [TokenScheme, ...TokenScheme[]]
  /** What the client should ask for. */
  readonly scopes?: readonly string[] | undefined
  /** How the user should authenticate: in any of these ways (RFC 9470 section 3). */
  readonly acrValues?: readonly string[] | undefined
  /** How long ago the user may have authenticated, in seconds (RFC 9470 section 3). */
  readonly maxAge?: number | undefined
}

type Parameters = Readonly<Record<string, string | undefined>>

const joined = (values: readonly string[] | undefined): string | undefined =>
  values === undefined || values.length === 0 ? undefined : values.join(' ')

// A proof that is no good is not cured by scopes, and who learns here of DPoP has been told them beside Bearer.
const tellsScopes = (scheme: TokenScheme, code: ApiAuthErrorCode): boolean =>
  scheme === 'Bearer' ||
  ['missing_token', 'insufficient_scope', 'insufficient_user_authentication'].includes(code)

function errorParameters({
  code,
  description,
  origin,
  acrValues,
  maxAge,
}: ChallengeContent): Parameters {
  if (code === 'missing_token') return {}
  return {
    error: code,
    error_description: origin.style?.descriptions === false ? undefined : description,
    acr_values: joined(acrValues),
    max_age: maxAge?.toString(),
  }
}

/** Writes one challenge for each scheme, each of which is a header field of its own. */
export function writeChallenges(content: ChallengeContent): readonly [string, ...string[]] {
  const { code, origin, scopes, schemes = ['Bearer'] } = content
  const write = (scheme: TokenScheme, error: Parameters): string =>
    formatChallenge({
      scheme,
      parameters: {
        realm: origin.realm,
        ...error,
        algs: scheme === 'DPoP' ? joined(origin.proofAlgorithms) : undefined,
        scope: tellsScopes(scheme, code) ? joined(scopes) : undefined,
        resource_metadata: origin.resourceMetadata,
      },
    })
  const [first, ...others] = schemes
  return [write(first, errorParameters(content)), ...others.map((scheme) => write(scheme, {}))]
}
