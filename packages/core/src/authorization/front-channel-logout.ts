import type { ServerContext } from '../context.js'
import { withQuery } from '../http/with-query.js'
import type { LogoutNotice } from '../tokens/logout-token.js'

/** What the browser has to load so that clients end their own sessions (OpenID Connect Front-Channel Logout 1.0). */
export function frontChannelLogoutUris(
  notices: readonly LogoutNotice[],
  { issuer: iss }: Pick<ServerContext, 'issuer'>,
): readonly string[] {
  return notices.flatMap(({ client, sessionId: sid }) => {
    const { frontChannelLogoutUri: uri, frontChannelLogoutSessionRequired } = client
    if (uri === undefined) return []
    return [frontChannelLogoutSessionRequired ? withQuery(uri, { iss, sid }) : uri]
  })
}
