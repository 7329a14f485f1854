import { OAuthError } from '@bailiwick/protocol'
import type { ServerContext } from '../../context.js'
import type { Parameters } from '../../http/parameters.js'
import type { RequestedClaims } from '../../tokens/requested-claims.js'
import { verifyIdTokenHint } from '../../tokens/verify-id-token-hint.js'

/** The `sub` that the client asks for by value (OpenID Connect Core 1.0 section 5.5.1). */
function requestedSubject(claims: RequestedClaims | undefined): string | undefined {
  const value = claims?.idToken['sub']?.value ?? claims?.userinfo['sub']?.value
  return typeof value === 'string' ? value : undefined
}

/**
 * Finds out about which user the client wants an answer, if it says so: by `id_token_hint`, or by the value of `sub`
 * in `claims`. Anyone else has to sign in anew (OpenID Connect Core 1.0 section 3.1.2.2).
 */
export async function readHintedSubject(
  parameters: Parameters,
  requestedClaims: RequestedClaims | undefined,
  context: ServerContext,
): Promise<string | undefined> {
  const hint = parameters.get('id_token_hint')
  if (hint === undefined) return requestedSubject(requestedClaims)
  const verified = await verifyIdTokenHint(hint, context)
  if (verified !== undefined && verified.clientId === parameters.get('client_id')) {
    return verified.subject
  }
  throw new OAuthError('invalid_request', {
    description: 'id_token_hint is not an ID token that this client got from this server',
  })
}
