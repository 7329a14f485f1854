import { isProtocolClaim } from '@bailiwick/protocol'
import type { ServerContext } from '../context.js'
import type { Report } from '../decision.js'
import type { TokenResources } from '../resources/narrow-resources.js'
import { askProfile } from './ask-profile.js'
import type { Issuance } from './issuance.js'
import { askedClaims, reportClaims } from './report-claims.js'

const namesOf = ({ apiResources, apiScopes }: TokenResources): readonly string[] => {
  const names = [...apiResources, ...apiScopes].flatMap(({ userClaims = [] }) => userClaims)
  return [...new Set(names)].filter((name) => !isProtocolClaim(name))
}

async function findUserClaims(
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

function reportUserClaims(
  { user, resources: { apiResources, apiScopes } }: Issuance,
  given: Readonly<Record<string, unknown>>,
  report: Report,
): void {
  const asked = askedClaims([
    ...apiResources.map((api) => ['api_resource', api] as const),
    ...apiScopes.map((scope) => ['api_scope', scope] as const),
  ])
  const otherwise = (): 'no_user' | 'no_value' => (user === undefined ? 'no_user' : 'no_value')
  reportClaims({ target: 'access_token', asked, given, otherwise }, report)
}

/**
 * The claims about the user that an access token carries: those that its API resources and API scopes list, as far
 * as they are known. What identity resources list never enters it.
 */
export async function userClaimsOf(
  issuance: Issuance,
  context: ServerContext,
): Promise<Readonly<Record<string, unknown>>> {
  const given = await findUserClaims(issuance, context)
  if (context.report) reportUserClaims(issuance, given, context.report)
  return given
}
