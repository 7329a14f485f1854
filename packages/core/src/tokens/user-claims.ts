import { isProtocolClaim } from '@bailiwick/protocol'
import type { ServerContext } from '../context.js'
import type { TokenResources } from '../resources/narrow-resources.js'
import { askProfile } from './ask-profile.js'
import type { Issuance } from './issuance.js'

const namesOf = ({ apiResources, apiScopes }: TokenResources): readonly string[] => {
  const names = [...apiResources, ...apiScopes].flatMap(({ userClaims = [] }) => userClaims)
  return [...new Set(names)].filter((name) => !isProtocolClaim(name))
}

/**
 * The claims about the user that an access token carries: those that its API resources and API scopes list, as far
 * as they are known. What identity resources list never enters it.
 */
export async function userClaimsOf(
  { client, user, resources }: Issuance,
  context: ServerContext,
): Promise<Readonly<Record<string, unknown>>> {
  if (user === undefined) return {}
  const { subject, claims } = user
  const { clientId } = client
  return askProfile(
    { subject, clientId, claimNames: namesOf(resources), caller: 'access_token' },
    claims,
    context,
  )
}
