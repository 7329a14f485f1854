import type { ServerContext } from '../context.js'
import type { RegisteredClient } from '../stores/client-store.js'
import { selectIdTokenAlgorithm } from './select-id-token-algorithm.js'

/** Seconds for which a logout token is good: long enough for a few attempts to deliver it. */
const lifetime = 120

const backChannelLogoutEvent = 'http://schemas.openid.net/event/backchannel-logout'

/** The session that has ended, and whose it was. */
export interface EndedSession {
  readonly subject: string
  readonly sessionId: string
}

/** Builds and signs a logout token (OpenID Connect Back-Channel Logout 1.0 section 2.4). */
export function issueLogoutToken(
  { subject, sessionId }: EndedSession,
  client: RegisteredClient,
  context: ServerContext,
): Promise<string> {
  const iat = context.now()
  const claims = {
    iss: context.issuer,
    sub: subject,
    aud: client.clientId,
    iat,
    exp: iat + lifetime,
    jti: context.randomId(),
    sid: sessionId,
    events: { [backChannelLogoutEvent]: {} },
  }
  const algorithm = selectIdTokenAlgorithm(client, context)
  return context.signer.sign({ typ: 'logout+jwt', algorithm, claims })
}
