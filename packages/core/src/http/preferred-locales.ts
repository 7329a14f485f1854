import type { HttpRequest } from '@bailiwick/protocol'

/** The languages of `Accept-Language`, the most wanted first (RFC 9110 section 12.5.4). */
function acceptedLanguages({ headers }: HttpRequest): readonly string[] {
  const ranges = String(headers['accept-language'] ?? '')
    .slice(0, 300)
    .split(',')
    .map((range) => {
      const [language = '', quality = 'q=1'] = range.split(';').map((part) => part.trim())
      return { language, weight: Number(quality.replace(/^q=/, '')) }
    })
  return ranges
    .filter(({ language, weight }) => /^[A-Za-z0-9-]+$/.test(language) && weight > 0)
    .toSorted((one, other) => other.weight - one.weight)
    .map(({ language }) => language)
}

/** The languages that whoever sends a request prefers: as the client says, or else as the browser does. */
export function preferredLocales(request: HttpRequest): readonly string[] {
  const [, query = ''] = request.url.split('?', 2)
  const asked = new URLSearchParams(query).get('ui_locales') ?? ''
  const locales = asked.split(' ').filter((locale) => /^[A-Za-z0-9-]{1,35}$/.test(locale))
  return locales.length > 0 ? locales : acceptedLanguages(request)
}
