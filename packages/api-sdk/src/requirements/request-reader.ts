import type { RequestFacts } from '../request-facts.js'

/**
 * Reads from a request what a token is compared with, e.g. `(request) => request.params?.['tenant']`. What it returns
 * counts if it is one text.
 */
export type RequestReader = (request: RequestFacts) => string | readonly string[] | undefined

/** Reads one text from a request, or undefined where there is none, or no request. */
export function readText(
  read: RequestReader,
  request: RequestFacts | undefined,
): string | undefined {
  const value = request && read(request)
  return typeof value === 'string' && value !== '' ? value : undefined
}
