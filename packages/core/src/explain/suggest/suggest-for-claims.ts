import type { ClaimLeftOut } from '../../decision.js'
import { sayLeftOut } from '../describe/describe-claims.js'
import { clientPath } from '../describe/description.js'
import type { DescriptionContext } from '../describe/description.js'
import { decisionsOf } from '../outcome.js'
import type { DecisionOf, Outcome } from '../outcome.js'
import { groupBy } from './group-by.js'
import type { Change, Suggest } from './suggestion.js'

const changes: Readonly<
  Record<ClaimLeftOut['reason'], (it: string, clientPath: string) => Change>
> = {
  no_value: (it) => ({
    change: `Let the profile service give ${it} for this user.`,
    path: 'profile',
  }),
  no_user: () => ({
    change: 'Use a grant with a user, such as authorization_code.',
  }),
  about_user: (_, client) => ({
    change: `Set ${client}.alwaysSendClientClaims to true.`,
    path: `${client}.alwaysSendClientClaims`,
  }),
  unwanted_value: (it) => ({
    change: `Ask for ${it} without value and values in the claims parameter.`,
  }),
  in_userinfo: (_, client) => ({
    change: `Ask the userinfo endpoint, or set ${client}.alwaysIncludeUserClaimsInIdToken to true.`,
    path: `${client}.alwaysIncludeUserClaimsInIdToken`,
  }),
  of_protocol: (it) => ({ change: `Give ${it} another name.` }),
  not_open: (it, client) => ({
    change: `Add an identity resource that stands for ${it} to ${client}.allowedScopes.`,
    path: `${client}.allowedScopes`,
  }),
}

/** The smallest change that gives claims that are left out for one reason. */
export function changeForClaims(
  claims: readonly string[],
  reason: ClaimLeftOut['reason'],
  context: DescriptionContext,
): Change {
  return changes[reason](claims.length === 1 ? 'it' : 'them', clientPath(context))
}

/** Where nobody knows a claim, it is of no use that another place would have it. */
function isWorthTelling(
  { claim, reason }: DecisionOf<'claim_left_out'>,
  { userinfo = {}, idToken }: Outcome,
): boolean {
  if (reason === 'of_protocol') return false
  if (reason === 'in_userinfo') return Object.hasOwn(userinfo, claim)
  return !Object.hasOwn(idToken?.claims ?? {}, claim)
}

/** Claims that the same resource asks for are left out for the same reason more often than not. */
export const suggestForClaims: Suggest = (outcome, context) => {
  const leftOut = decisionsOf(outcome, 'claim_left_out').filter((decision) =>
    isWorthTelling(decision, outcome),
  )
  const groups = groupBy(leftOut, ({ target, reason, sources }) => [target, reason, sources])
  return groups.map((decisions) => {
    const [first] = decisions
    const names = decisions.map(({ claim }) => claim)
    return {
      missing: { kind: 'claim', names },
      because: sayLeftOut(names, first),
      ...changeForClaims(names, first.reason, context),
    }
  })
}
