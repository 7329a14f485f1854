import { isDeepStrictEqual } from 'node:util'
import { isProtocolClaim } from '@bailiwick/protocol'
import type { IdentityResource } from '@bailiwick/protocol'
import type { ServerContext } from '../context.js'
import type { RegisteredClient } from '../stores/client-store.js'
import { askProfile } from './ask-profile.js'
import type { AuthenticatedUser } from './issuance.js'
import type { ClaimRequest, RequestedClaims } from './requested-claims.js'

type Claims = Readonly<Record<string, unknown>>

/** Whom identity claims are about, and which are granted. */
export interface IdentityClaimsRequest {
  readonly client: RegisteredClient
  readonly user: Pick<AuthenticatedUser, 'subject' | 'claims'>
  /** The identity resources whose claims are wanted. */
  readonly identityResources: readonly IdentityResource[]
  /** Those that were granted: claims that are asked for one by one have to belong to one of them, or see below. */
  readonly granted: readonly IdentityResource[]
  /** Claims that are asked for one by one. */
  readonly requested: RequestedClaims['userinfo']
  readonly caller: 'id_token' | 'userinfo'
}

const claimsOf = (resources: readonly IdentityResource[]): readonly string[] =>
  resources.flatMap(({ userClaims }) => userClaims)

/**
 * What a client may ask for one by one: what its scopes could have given it. Where the user is asked for consent, only
 * what was consented to.
 */
function mayBeRequested(
  { client, granted }: IdentityClaimsRequest,
  { resources }: Pick<ServerContext, 'resources'>,
): ReadonlySet<string> {
  if (client.consent.isRequired) return new Set(claimsOf(granted))
  return new Set(
    claimsOf(resources.identityResources.filter(({ name }) => client.allowedScopes.has(name))),
  )
}

function isAsRequested(value: unknown, { value: wanted, values }: ClaimRequest): boolean {
  const accepted = [...(wanted === undefined ? [] : [wanted]), ...(values ?? [])]
  return accepted.length === 0 || accepted.some((one) => isDeepStrictEqual(one, value))
}

/**
 * The claims about the user for an ID token or a userinfo answer: those of the identity resources, and those asked for
 * one by one that the client may have (OpenID Connect Core 1.0 sections 5.4 and 5.5).
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
  return Object.fromEntries(
    Object.entries(claims).filter(([name, value]) => isAsRequested(value, requested[name] ?? {})),
  )
}
