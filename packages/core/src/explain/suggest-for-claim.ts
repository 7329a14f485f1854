import type { ClaimLeftOut } from '../decision.js'
import type { DescriptionContext } from './describe-decision.js'
import type { Suggestion } from './suggestion.js'

type Change = Pick<Suggestion, 'change' | 'path'>

const changes: Readonly<
  Record<ClaimLeftOut['reason'], (claim: string, clientPath: string) => Change>
> = {
  no_value: (claim) => ({
    change: `Let the profile service return ${claim} for this user.`,
    path: 'profile',
  }),
  no_user: (claim) => ({
    change: `Use a grant with a user, or put ${claim} into the claims of the client.`,
  }),
  about_user: (_, client) => ({
    change: `Set ${client}.alwaysSendClientClaims to true.`,
    path: `${client}.alwaysSendClientClaims`,
  }),
  unwanted_value: (claim) => ({ change: `Ask for ${claim} without value and values.` }),
  in_userinfo: (_, client) => ({
    change: `Ask the userinfo endpoint, or set ${client}.alwaysIncludeUserClaimsInIdToken to true.`,
    path: `${client}.alwaysIncludeUserClaimsInIdToken`,
  }),
  of_protocol: (claim) => ({ change: `Give it another name than ${claim}.` }),
  not_open: (claim, client) => ({
    change: `Add an identity resource that holds ${claim} to ${client}.allowedScopes.`,
    path: `${client}.allowedScopes`,
  }),
}

/** The smallest change that gives a claim. */
export function suggestForClaim(
  { claim, reason }: ClaimLeftOut,
  { clientId, locator }: DescriptionContext,
): Change {
  return changes[reason](claim, locator.client(clientId)?.path ?? 'clients')
}
