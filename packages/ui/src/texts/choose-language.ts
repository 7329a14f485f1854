import type { HttpRequest } from '@bailiwick/protocol'
import { en } from './en.js'
import type { Catalogue, Language } from './catalogue.js'

/** More than a browser sends, and little enough to sort. */
const mostLanguages = 20

/** The longest tag that systems have to cope with (RFC 5646 section 4.4.1). */
const longestTag = 35

function parseRange(range: string): { readonly tag: string; readonly weight: number } {
  const [tag = '', ...parameters] = range.split(';').map((part) => part.trim())
  const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1'
  return { tag, weight: Number(weight) }
}

/** The languages of an `Accept-Language` field, the most wanted first (RFC 9110 section 12.5.4). */
function acceptedLanguages({ headers }: Pick<HttpRequest, 'headers'>): readonly string[] {
  const field = headers['accept-language']
  if (typeof field !== 'string') return []
  return field
    .split(',', mostLanguages)
    .map(parseRange)
    .filter(({ weight }) => weight > 0)
    .toSorted((one, other) => other.weight - one.weight)
    .map(({ tag }) => tag)
}

/** Finds a language by its tag, or by the tag without its last parts: `de-CH-1996`, `de-CH`, `de` (RFC 4647, 3.4). */
function lookUp(tag: string, catalogue: Catalogue): Language | undefined {
  // Anybody may send one of 16,000 parts, and every beginning of it would be put together.
  if (tag.length > longestTag) return undefined
  const parts = tag.toLowerCase().split('-')
  return parts
    .map((_, index) => catalogue.get(parts.slice(0, parts.length - index).join('-')))
    .find((language) => language !== undefined)
}

/** Chooses the language of a page: what its request asks for, else what the browser prefers, else English. */
export function chooseLanguage(
  uiLocales: readonly string[],
  request: Pick<HttpRequest, 'headers'>,
  catalogue: Catalogue,
): Language {
  const wanted = [...uiLocales, ...acceptedLanguages(request)].slice(0, 2 * mostLanguages)
  const found = wanted
    .map((tag) => lookUp(tag, catalogue))
    .find((language) => language !== undefined)
  return found ?? catalogue.get('en') ?? { tag: 'en', texts: en }
}
