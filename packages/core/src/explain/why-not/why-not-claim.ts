import type { ClaimTarget } from '../../decision.js'
import { enumerate } from '../describe/description.js'
import type { DescriptionContext } from '../describe/description.js'
import { decisionsOf } from '../outcome.js'
import { changeForClaims } from '../suggest/suggest-for-claims.js'
import type { Change } from '../suggest/suggestion.js'
import { lostWith, missing, there } from './why-not-answer.js'
import type { AnswerWhyNot, Explained, Reason } from './why-not-answer.js'

/** An entry of the configuration that lists a claim. */
interface Listing {
  readonly kind: 'API' | 'scope' | 'identity resource'
  readonly name: string
}

interface ClaimsEntry {
  readonly name: string
  readonly userClaims?: readonly string[]
}

/** Everything in the configuration that lists a claim. */
function listings(claim: string, { locator }: DescriptionContext): readonly Listing[] {
  const { apiResources = [] } = locator.configuration.resources
  const listed = (kind: Listing['kind'], entries: readonly ClaimsEntry[]): readonly Listing[] =>
    entries
      .filter(({ userClaims = [] }) => userClaims.includes(claim))
      .map(({ name }) => ({ kind, name }))
  return [
    ...listed('scope', locator.apiScopes),
    ...listed('API', apiResources),
    ...listed('identity resource', locator.identityResources),
  ]
}

/** Whether anything in the configuration lists a claim. */
export const isListed = (claim: string, context: DescriptionContext): boolean =>
  listings(claim, context).length > 0

/** What adds a claim to the access token of a request. */
function addToToken(
  claim: string,
  { accessToken }: Explained,
  { locator }: DescriptionContext,
): Change {
  const [api] = [accessToken?.claims['aud'] ?? []].flat()
  const located = typeof api === 'string' ? locator.api(api) : undefined
  if (located === undefined) {
    return {
      change: `Add '${claim}' to the userClaims of an API scope that the request asks for.`,
      path: 'apiScopes',
    }
  }
  const path = `${located.path}.userClaims`
  return { change: `Add '${claim}' to ${path}.`, path }
}

const askFor = ({ kind, name }: Listing): string =>
  kind === 'API' ? `Ask for a scope of the API ${name}.` : `Send the scope ${name}.`

const placesOf = (
  claim: string,
  { accessToken, idToken, userinfo }: Explained,
): readonly string[] =>
  [
    { name: 'the access token', claims: accessToken?.claims },
    { name: 'the ID token', claims: idToken?.claims },
    { name: 'userinfo', claims: userinfo },
  ].flatMap(({ name, claims }) => (Object.hasOwn(claims ?? {}, claim) ? [name] : []))

function notInConfiguration(
  claim: string,
  explanation: Explained,
  context: DescriptionContext,
): Reason {
  const [first, ...others] = listings(claim, context)
  if (first === undefined) {
    return missing(
      `Nothing in the configuration asks for the claim ${claim}.`,
      addToToken(claim, explanation, context),
    )
  }
  const names = [first, ...others].map(({ kind, name }) => `the ${kind} ${name}`)
  return missing(
    `Only ${enumerate(names)} ${names.length === 1 ? 'asks' : 'ask'} for the claim ${claim}, and no token of this request is about that.`,
    { change: askFor(first) },
  )
}

/** Of several places where a claim is left out, the access token is what is asked about first. */
const importance = [
  'access_token',
  'userinfo',
  'id_token',
] as const satisfies readonly ClaimTarget[]

function leftOut(
  claim: string,
  explanation: Explained,
  context: DescriptionContext,
): Reason | undefined {
  const decisions = decisionsOf(explanation, 'claim_left_out').filter(
    (decision) => decision.claim === claim,
  )
  const [decision] = importance.flatMap((target) =>
    decisions.filter((candidate) => candidate.target === target),
  )
  return decision && missing(decision.sentence, changeForClaims([claim], decision.reason, context))
}

/** Answers why nothing tells a claim; and of one that only identity resources ask for, why the access token does not. */
export const whyNotClaim: AnswerWhyNot = (claim, explanation, context) => {
  const places = placesOf(claim, explanation)
  const where = `The claim ${claim} is in ${enumerate(places)}`
  if (places.includes('the access token')) return there(`${where}.`)
  if (places.length > 0) {
    return {
      ...there(`${where}, but not in the access token: no API or API scope of it asks for it.`),
      ...addToToken(claim, explanation, context),
    }
  }
  if (explanation.error !== undefined) return lostWith(explanation.error)
  return leftOut(claim, explanation, context) ?? notInConfiguration(claim, explanation, context)
}
