import { OAuthError } from '@bailiwick/protocol'
import type { HttpRequest } from '@bailiwick/protocol'
import { quoted } from './quoted.js'

/** Request parameters after syntax checks: each name once, except those that may repeat, and none of them blank. */
export interface Parameters {
  /** The value of a parameter; undefined when the request has none. */
  readonly get: (name: string) => string | undefined
  /** All values of a parameter that may repeat (`resource`, RFC 8707 section 2), in their order. */
  readonly getAll: (name: string) => readonly string[]
}

const repeatable: ReadonlySet<string> = new Set(['resource'])

/** No request of the protocol needs more; it bounds the work that a hostile one can cause. */
const mostParameters = 100

const invalid = (description: string): OAuthError =>
  new OAuthError('invalid_request', { description })

const notAForm = (): OAuthError =>
  new OAuthError('invalid_request', {
    status: 415,
    description: 'content-type must be application/x-www-form-urlencoded',
  })

function decode(text: string, name: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw invalid(`parameter ${quoted(name)} is not form-urlencoded UTF-8`)
  }
}

function decodePair(pair: string): readonly [name: string, value: string] {
  const equals = pair.indexOf('=')
  const [rawName, rawValue] =
    equals === -1 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)]
  const name = decode(rawName, rawName)
  // No parameter has this name, and what an application's own parser makes of it cannot be foreseen.
  if (name === '__proto__') throw invalid(`parameter '__proto__' is not allowed`)
  return [name, decode(rawValue, name)]
}

/**
 * Reads form-urlencoded parameters. A blank value counts as absent (RFC 6749 section 3.1), and unlike with
 * `URLSearchParams` bytes that are no UTF-8 are refused instead of replaced.
 *
 * @throws OAuthError `invalid_request` that names the parameter.
 */
export function parseParameters(form: string): Parameters {
  const pairs = form.split('&', mostParameters + 1)
  if (pairs.length > mostParameters) {
    throw invalid(`the request has more than ${mostParameters} parameters`)
  }
  const valuesByName = new Map<string, readonly string[]>()
  for (const [name, value] of pairs.filter((pair) => pair !== '').map(decodePair)) {
    const earlier = valuesByName.get(name)
    if (earlier !== undefined && !repeatable.has(name)) {
      throw invalid(`parameter ${quoted(name)} must not be repeated`)
    }
    const values = value.trim() === '' ? [] : [value]
    valuesByName.set(name, earlier === undefined ? values : [...earlier, ...values])
  }
  return {
    get: (name) => valuesByName.get(name)?.[0],
    getAll: (name) => valuesByName.get(name) ?? [],
  }
}

const formType = /^application\/x-www-form-urlencoded\s*(?:;|$)/i

/** Tells whether the body of a request is a form. */
export function isForm({ headers }: Pick<HttpRequest, 'headers'>): boolean {
  const contentType = headers['content-type']
  return typeof contentType === 'string' && formType.test(contentType)
}

/** Reads the body of a form that was posted, without taking it apart. */
export async function readForm(request: HttpRequest): Promise<string> {
  if (!isForm(request)) throw notAForm()
  return request.body()
}

/** Reads the parameters of a form that was posted (RFC 6749 section 3.2). */
export async function readFormParameters(request: HttpRequest): Promise<Parameters> {
  return parseParameters(await readForm(request))
}
