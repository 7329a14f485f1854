import { isOAuthError } from '@bailiwick/protocol'
import type { HttpRequest } from '@bailiwick/protocol'
import { PageFailure } from '../page-failure.js'

/** The fields of a form that was sent. */
export interface Form {
  /** The value of a field that a form has once. */
  readonly get: (name: string) => string | undefined
  /** The values of a field that a form may have several times, such as checkboxes of one name. */
  readonly getAll: (name: string) => readonly string[]
}

const formType = /^application\/x-www-form-urlencoded\s*(?:;|$)/i

const statusTooLarge = 413

async function readBody(request: HttpRequest): Promise<string> {
  const contentType = request.headers['content-type']
  if (typeof contentType !== 'string' || !formType.test(contentType)) {
    throw new PageFailure('unreadable', { status: 415 })
  }
  try {
    return await request.body()
  } catch (cause) {
    if (!isOAuthError(cause) || cause.status >= 500) throw cause
    throw new PageFailure(cause.status === statusTooLarge ? 'tooLarge' : 'unreadable', { cause })
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch (cause) {
    throw new PageFailure('unreadable', { cause })
  }
}

function decodePair(pair: string): readonly [name: string, value: string] {
  const equals = pair.indexOf('=')
  if (equals === -1) return [decode(pair), '']
  return [decode(pair.slice(0, equals)), decode(pair.slice(equals + 1))]
}

/**
 * Reads a form that a page has sent.
 *
 * @throws PageFailure when it is too large, of another type, or not form-urlencoded UTF-8.
 */
export async function readForm(request: HttpRequest): Promise<Form> {
  const body = await readBody(request)
  const pairs = body
    .split('&')
    .filter((pair) => pair !== '')
    .map(decodePair)
  const getAll = (name: string): readonly string[] =>
    pairs.filter(([each]) => each === name).map(([, value]) => value)
  return {
    getAll,
    get(name) {
      const values = getAll(name)
      if (values.length > 1) throw new PageFailure('unreadable')
      return values[0]
    },
  }
}
