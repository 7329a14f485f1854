import type { ForbiddenReason } from '../errors/reasons.js'

/** Why a requirement is not met, from the easiest to cure to the hardest. */
export type Unmet =
  | {
      readonly reason: 'insufficient_scope'
      /** What a client should ask for. */
      readonly scopes: readonly string[]
    }
  | {
      readonly reason: 'insufficient_user_authentication'
      /** What a client should ask for besides the authentication. */
      readonly scopes: readonly string[]
      /** How the user has to authenticate: any of these (RFC 9470 section 3). */
      readonly acrValues?: readonly string[] | undefined
      /** How long ago the user may have authenticated, in seconds (RFC 9470 section 3). */
      readonly maxAge?: number | undefined
    }
  /** Only another token, that is bound, cures it. */
  | { readonly reason: 'no_key_binding' | 'no_certificate_binding' }
  | { readonly reason: ForbiddenReason }

/** How hard it is to cure: 1 with more scopes, 2 with the help of the user, 3 not at all. */
export function severityOf({ reason }: Unmet): 1 | 2 | 3 {
  if (reason === 'insufficient_scope') return 1
  return reason === 'insufficient_user_authentication' ? 2 : 3
}
