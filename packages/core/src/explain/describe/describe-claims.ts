import type { ClaimIncluded, ClaimLeftOut, ClaimTarget } from '../../decision.js'
import { enumerate, nameOfSource, nameOfTarget, pathed } from './description.js'
import type { Descriptions } from './description.js'

const leftOutBecause = {
  no_value: 'the profile service gives no value',
  no_user: 'there is no user',
  about_user: 'claims of the client stay out of tokens about a user',
  unwanted_value: 'its value is none of those that the client asks for',
  in_userinfo: 'the client can ask userinfo',
  of_protocol: 'only the server itself says what it is',
  not_open: 'the client has no scope that stands for it',
} as const satisfies Record<ClaimLeftOut['reason'], string>

const ruleOf = (target: ClaimTarget): string =>
  target === 'access_token' ? 'userClaims' : 'OpenID Connect Core 1.0 section 5.4'

const subjectOf = (claims: readonly string[]): string =>
  claims.length === 1 ? `The claim ${enumerate(claims)} is` : `The claims ${enumerate(claims)} are`

const pronounOf = (claims: readonly string[]): string => (claims.length === 1 ? 'it' : 'them')

/** Who asks for claims; a client does not ask for those that it has itself. */
function sayAsked(claims: readonly string[], { sources }: Pick<ClaimLeftOut, 'sources'>): string {
  const names = enumerate(sources.map(nameOfSource))
  if (sources.every(({ kind }) => kind === 'client')) return `${names} has ${pronounOf(claims)}`
  return `${names} ${sources.length === 1 ? 'asks' : 'ask'} for ${pronounOf(claims)}`
}

/** Says why claims are in a token: those that the same sources ask for. */
export function sayIncluded(
  claims: readonly string[],
  decision: Pick<ClaimIncluded, 'target' | 'sources'>,
): string {
  return `${subjectOf(claims)} in ${nameOfTarget[decision.target]}: ${sayAsked(claims, decision)}.`
}

/** Says why claims are not in a token: those that the same sources ask for, and that are left out for one reason. */
export function sayLeftOut(
  claims: readonly string[],
  decision: Pick<ClaimLeftOut, 'target' | 'sources' | 'reason'>,
): string {
  return `${subjectOf(claims)} not in ${nameOfTarget[decision.target]}, though ${sayAsked(claims, decision)}: ${leftOutBecause[decision.reason]}.`
}

/** Puts in words which claims a token has. */
export const describeClaims: Descriptions<'claim_included' | 'claim_left_out'> = {
  claim_included: (decision, { locator }) => ({
    rule: ruleOf(decision.target),
    ...pathed(decision.sources[0] && locator.claim(decision.sources[0])),
    sentence: sayIncluded([decision.claim], decision),
  }),
  claim_left_out: (decision, { locator }) => ({
    rule: ruleOf(decision.target),
    ...pathed(decision.sources[0] && locator.claim(decision.sources[0])),
    sentence: sayLeftOut([decision.claim], decision),
  }),
}
