import { redirect } from '../../http/redirect.js'
import type { ResponseMode } from './response-mode.js'

/** In the fragment of the redirect URI, which browsers keep to themselves (OAuth 2.0 Multiple Response Types, 5). */
export const fragment: ResponseMode = {
  name: 'fragment',
  respond(redirectUri, parameters) {
    const form = new URLSearchParams(Object.fromEntries(parameters)).toString()
    return redirect(`${redirectUri}#${form}`)
  },
}
