import type { ServerContext } from '../context.js'
import type { RegisteredClient } from '../stores/client-store.js'
import { selectIdTokenAlgorithm } from './select-id-token-algorithm.js'

/** That a session has ended, for one of the clients that got something in it. */
export interface LogoutNotice {
  readonly client: RegisteredClient
  readonly subject: string
  readonly sessionId: string
}

const lifetime = 120

/** Builds and signs a logout token (OpenID Connect Back-Channel Logout 1.0 section 2.4). */
export async function issueLogoutToken(
  { client, subject, sessionId }: LogoutNotice,
  context: ServerContext,
): Promise<string> {
  const iat = context.now()
  return context.signer.sign({
    typ: 'logout+jwt',
    algorithm: selectIdTokenAlgorithm(client, context),
    // Without a nonce, so that nobody can take it for an ID token (section 2.4).
    claims: {
      iss: context.issuer,
      sub: subject,
      aud: client.clientId,
      iat,
      exp: iat + lifetime,
      jti: context.randomId(),
      sid: sessionId,
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
    },
  })
}
