import { OAuthError } from '@bailiwick/protocol'
import type { HttpRequest } from '@bailiwick/protocol'
import { parseParameters, readForm } from './parameters.js'
import type { Parameters } from './parameters.js'

/** The parameters of a request that a browser is sent with, and the text they were read from. */
export interface QueryOrForm {
  readonly form: string
  readonly parameters: Parameters
}

/** The most characters. Such requests are kept while a user is asked, and anybody may send them. */
const longest = 20_000

/** Reads the query of a GET request and the form of a POST request (OpenID Connect Core 1.0 section 3.1.2.1). */
export async function readQueryOrForm(request: HttpRequest): Promise<QueryOrForm> {
  const [, query = ''] = request.url.split('?', 2)
  const form = request.method === 'POST' ? await readForm(request) : query
  if (form.length <= longest) return { form, parameters: parseParameters(form) }
  throw new OAuthError('invalid_request', {
    status: 413,
    description: `the request is longer than ${longest} characters`,
  })
}
