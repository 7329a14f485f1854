import { redirect } from '../../http/redirect.js'
import { formOf } from './response-mode.js'
import type { ResponseMode } from './response-mode.js'

/** In the query of the redirect URI, beside what that has of its own (RFC 6749 section 4.1.2). */
export const query: ResponseMode = {
  name: 'query',
  respond(redirectUri, parameters) {
    const form = formOf(parameters)
    return redirect(`${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${form}`)
  },
}
