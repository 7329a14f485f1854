import type { HttpRequest, HttpResponse } from '@bailiwick/protocol'
import type { Parameters } from '../http/parameters.js'
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
export function postAgain(
  url: string,
  names: readonly string[],
  parameters: Parameters,
): HttpResponse {
  const present = names.flatMap((name) => {
    const value = parameters.get(name)
    return value === undefined ? [] : [[name, value] as const]
  })
  return formPost.respond(url, present)
}
