import type { ClaimLeftOut } from '../decision.js'
import { clientPath } from './describe-decision.js'
import type { DescriptionContext } from './describe-decision.js'
import type { Change } from './suggestion.js'

const changes: Readonly<
  Record<ClaimLeftOut['reason'], (claims: string, clientPath: string) => Change>
> = {
  no_value: (claims) => ({
    change: `Let the profile service return ${claims} for this user.`,
    path: 'profile',
  }),
  no_user: (claims) => ({
    change: `Use a grant with a user, or put ${claims} into the claims of the client.`,
  }),
  about_user: (_, client) => ({
    change: `Set ${client}.alwaysSendClientClaims to true.`,
    path: `${client}.alwaysSendClientClaims`,
  }),
  unwanted_value: (claims) => ({ change: `Ask for ${claims} without value and values.` }),
  in_userinfo: (_, client) => ({
    change: `Ask the userinfo endpoint, or set ${client}.alwaysIncludeUserClaimsInIdToken to true.`,
    path: `${client}.alwaysIncludeUserClaimsInIdToken`,
  }),
  of_protocol: (claims) => ({ change: `Give it another name than ${claims}.` }),
  not_open: (claims, client) => ({
    change: `Add an identity resource that holds ${claims} to ${client}.allowedScopes.`,
    path: `${client}.allowedScopes`,
  }),
}

/** The smallest change that gives claims that are left out for one reason. */
export function suggestForClaims(
  claims: readonly string[],
  reason: ClaimLeftOut['reason'],
  context: DescriptionContext,
): Change {
  return changes[reason](claims.join(', '), clientPath(context))
}
