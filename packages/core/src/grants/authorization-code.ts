import { OAuthError } from '@bailiwick/protocol'
import { revokeFamily } from '../tokens/revoke-family.js'
import type { Entry } from '../collection.js'
import type { ServerContext } from '../context.js'
import { authorizationCodes, redeemAuthorizationCode } from '../tokens/authorization-code.js'
import type { AuthorizationCode } from '../tokens/authorization-code.js'
import { handleId } from '../tokens/handle.js'
import { revokeToken } from '../tokens/token-mark.js'
import { availableScopes } from '../resources/available-scopes.js'
import type { Grant, TokenRequest } from './grant.js'
import { proveCodeVerifier } from './prove-code-verifier.js'
import { requireActiveUser } from './require-active-user.js'

const invalidGrant = (description: string): OAuthError =>
  new OAuthError('invalid_grant', { description })

async function findCode(
  { client, parameters }: TokenRequest,
  context: ServerContext,
): Promise<Entry<AuthorizationCode>> {
  const code = parameters.get('code')
  if (code === undefined) {
    throw new OAuthError('invalid_request', { description: 'code is missing' })
  }
  const entry = await authorizationCodes(context).find(handleId(code))
  // One answer for codes that never were, are over, or are another client's.
  if (entry?.clientId !== client.clientId) {
    throw invalidGrant('code is unknown, has expired or is for another client')
  }
  return entry
}

function checkRedirectUri({ parameters }: TokenRequest, { redirectUri }: AuthorizationCode): void {
  const presented = parameters.get('redirect_uri')
  if (presented === undefined) {
    throw new OAuthError('invalid_request', { description: 'redirect_uri is missing' })
  }
  if (presented !== redirectUri) {
    throw invalidGrant('redirect_uri is not the one of the authorization request')
  }
}

/** Somebody has the code who should not: what it was redeemed for is taken back (RFC 6749 section 4.1.2). */
async function refuseReplay(
  { data: grant }: Entry<AuthorizationCode>,
  { clientId }: TokenRequest['client'],
  context: ServerContext,
): Promise<never> {
  const { redeemedFor } = grant
  await revokeFamily({ credential: 'authorization_code', clientId, grant }, context)
  if (redeemedFor !== undefined) await revokeToken(redeemedFor, context)
  throw invalidGrant('code was used before; what was issued for it is revoked')
}

/** The client redeems a code that its user's browser brought (RFC 6749 section 4.1.3). */
export const authorizationCode: Grant = {
  grantType: 'authorization_code',
  async validate(request, context) {
    const entry = await findCode(request, context)
    const { user, scopes, resources, redeemedFor, ...code } = entry.data
    checkRedirectUri(request, entry.data)
    proveCodeVerifier(request.parameters.get('code_verifier'), code.codeChallenge)
    if (redeemedFor !== undefined) await refuseReplay(entry, request.client, context)
    await requireActiveUser(user.subject, request, context)

    return {
      ...code,
      user,
      scopes: availableScopes(scopes, request.client, context),
      authorizedResources: resources ?? [],
      async redeem(issued) {
        if (await redeemAuthorizationCode(entry, issued, context)) return
        const winner = await authorizationCodes(context).find(entry.id)
        await refuseReplay(winner ?? entry, request.client, context)
      },
    }
  },
}
