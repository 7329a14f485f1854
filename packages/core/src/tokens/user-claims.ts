import { isProtocolClaim, OAuthError } from '@bailiwick/protocol'
import type { ServerContext } from '../context.js'
import type { TokenResources } from '../resources/narrow-resources.js'
import type { ProfileRequest } from '../stores/profile-service.js'
import type { Issuance } from './issuance.js'

const namesOf = ({ apiResources, apiScopes }: TokenResources): readonly string[] => {
  const names = [...apiResources, ...apiScopes].flatMap(({ userClaims = [] }) => userClaims)
  return [...new Set(names)].filter((name) => !isProtocolClaim(name))
}

async function askProfile(
  request: ProfileRequest,
  { profile }: ServerContext,
): Promise<Readonly<Record<string, unknown>>> {
  try {
    return await profile.claims(request)
  } catch (cause) {
    throw new OAuthError('temporarily_unavailable', {
      description: 'the claims of the user cannot be looked up at the moment',
      headers: { 'retry-after': '5' },
      cause,
    })
  }
}

/**
 * The claims about the user that an access token carries: those that its API resources and API scopes list, as far
 * as the profile service has them. What identity resources list never enters it.
 */
export async function userClaimsOf(
  { client, user, resources }: Issuance,
  context: ServerContext,
): Promise<Readonly<Record<string, unknown>>> {
  const claimNames = namesOf(resources)
  if (user === undefined || claimNames.length === 0) return {}
  const { subject } = user
  const claims = await askProfile(
    { subject, clientId: client.clientId, claimNames, caller: 'access_token' },
    context,
  )
  const entries = claimNames
    .filter((name) => Object.hasOwn(claims, name))
    .map((name) => [name, claims[name]] as const)
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}
