import { redirect } from '../../http/redirect.js'
import { withQuery } from '../../http/with-query.js'
import type { ResponseMode } from './response-mode.js'

/** In the query of the redirect URI, beside what that has of its own (RFC 6749 section 4.1.2). */
export const query: ResponseMode = {
  name: 'query',
  respond: (redirectUri, parameters) =>
    redirect(withQuery(redirectUri, Object.fromEntries(parameters))),
}
