import { isDeepStrictEqual } from 'node:util'
import { isProtocolClaim } from '@bailiwick/protocol'
import type { IdentityResource } from '@bailiwick/protocol'
import type { ServerContext } from '../context.js'
import type { ClaimLeftOut, Report } from '../decision.js'
import type { RegisteredClient } from '../stores/client-store.js'
import { askProfile } from './ask-profile.js'
import type { AuthenticatedUser } from './issuance.js'
import { askedClaims, reportClaims } from './report-claims.js'
import type { ClaimRequest, RequestedClaims } from './requested-claims.js'

type Claims = Readonly<Record<string, unknown>>

/** Whom identity claims are about, and which are granted. */
export interface IdentityClaimsRequest {
  readonly client: RegisteredClient
  readonly user: Pick<AuthenticatedUser, 'subject' | 'claims'>
  /** The identity resources whose claims are wanted. */
  readonly identityResources: readonly IdentityResource[]
  /** Those that were granted. Where users are asked for consent, no claim is given that belongs to none of them. */
  readonly granted: readonly IdentityResource[]
  /** Claims that are asked for one by one, with the values that are of use. */
  readonly requested: RequestedClaims['userinfo']
  readonly caller: 'id_token' | 'userinfo'
}

const claimsOf = (resources: readonly IdentityResource[]): readonly string[] =>
  resources.flatMap(({ userClaims }) => userClaims)

/**
 * What a client may ask for one by one: what its scopes could have given it, and where users are asked for consent only
 * what they were asked about and allowed.
 */
function mayBeRequested(
  { client, granted }: IdentityClaimsRequest,
  { resources }: Pick<ServerContext, 'resources'>,
): ReadonlySet<string> {
  const reachable = client.consent.isRequired ? granted : resources.identityResources
  return new Set(claimsOf(reachable.filter(({ name }) => client.allowedScopes.has(name))))
}

function isAsRequested(claim: unknown, { value, values }: ClaimRequest): boolean {
  if (value === undefined && values === undefined) return true
  // As the client will read it: what the profile service gives may be a Date, or a row of a database.
  const json: unknown = JSON.parse(JSON.stringify([claim]))
  const isSame = (wanted: unknown): boolean => isDeepStrictEqual([wanted], json)
  return (value === undefined || isSame(value)) && (values === undefined || values.some(isSame))
}

/** A claim without a value is left out, and not sent as null or '' (OpenID Connect Core 1.0 section 5.3.2). */
const hasValue = (claim: unknown): boolean => claim !== null && claim !== ''

interface FoundClaims {
  readonly open: ReadonlySet<string>
  readonly claims: Claims
  readonly given: Claims
}

function reportIdentityClaims(
  { identityResources, granted, requested, caller }: IdentityClaimsRequest,
  { open, claims, given }: FoundClaims,
  report: Report,
): void {
  const asked = askedClaims([
    ...granted.map((resource) => ['identity_resource', resource] as const),
    ...Object.keys(requested).map(
      (name) => ['claims_parameter', { name, userClaims: [name] }] as const,
    ),
  ])
  const wanted = new Set(claimsOf(identityResources))
  const otherwise = (name: string): ClaimLeftOut['reason'] => {
    if (Object.hasOwn(requested, name)) {
      if (!open.has(name)) return 'not_open'
    } else if (!wanted.has(name)) return 'in_userinfo'
    return hasValue(claims[name] ?? null) ? 'unwanted_value' : 'no_value'
  }
  reportClaims({ target: caller, asked, given, otherwise }, report)
}

/**
 * The claims about the user for an ID token or a userinfo answer: those of the identity resources, and those asked for
 * one by one that the client may have (OpenID Connect Core 1.0 sections 5.4 and 5.5). One whose value is of no use to
 * the client is left out. Claims of the protocol are never among them.
 */
export async function identityClaimsOf(
  request: IdentityClaimsRequest,
  context: ServerContext,
): Promise<Claims> {
  const { client, user, identityResources, requested, caller } = request
  const open = mayBeRequested(request, context)
  const names = [
    ...claimsOf(identityResources),
    ...Object.keys(requested).filter((name) => open.has(name)),
  ]
  const claims = await askProfile(
    {
      subject: user.subject,
      clientId: client.clientId,
      claimNames: [...new Set(names)].filter((name) => !isProtocolClaim(name)),
      caller,
    },
    user.claims,
    context,
  )
  const requestOf = (name: string): ClaimRequest =>
    (Object.hasOwn(requested, name) ? requested[name] : undefined) ?? {}
  const given = Object.fromEntries(
    Object.entries(claims).filter(
      ([name, value]) => hasValue(value) && isAsRequested(value, requestOf(name)),
    ),
  )
  if (context.report) reportIdentityClaims(request, { open, claims, given }, context.report)
  return given
}
