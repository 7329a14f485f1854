import type { HttpRequest, HttpResponse } from '@bailiwick/protocol'
import { formPost } from './response-modes/form-post.js'

/**
 * Tells whether a page of another site posted a form. Its browser keeps our cookies back (`SameSite=Lax`), so that
 * nothing follows from their absence.
 */
export function isPostedElsewhere({ method, headers }: HttpRequest): boolean {
  return method === 'POST' && headers['sec-fetch-site'] === 'cross-site'
}

/**
 * Has the browser post a form once more, from a page of ours, so that it sends our cookies along. A redirect would do
 * too, but put the parameters into a URL, where no token belongs.
 */
export function postAgain(url: string, form: string): HttpResponse {
  return formPost.respond(url, [...new URLSearchParams(form)])
}
