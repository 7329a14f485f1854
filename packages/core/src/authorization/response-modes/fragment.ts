import { redirect } from '../../http/redirect.js'
import { formOf } from './response-mode.js'
import type { ResponseMode } from './response-mode.js'

/** In the fragment of the redirect URI, which browsers keep to themselves (OAuth 2.0 Multiple Response Types, 5). */
export const fragment: ResponseMode = {
  name: 'fragment',
  respond(redirectUri, parameters) {
    const form = formOf(parameters)
    return redirect(`${redirectUri}#${form}`)
  },
}
