import type { HttpRequest } from '@bailiwick/protocol'

/** The most characters of `Accept` that are looked at. */
const longest = 1000

// RFC 9110 sections 12.4.2 and 12.5.1. A range with parameters is none of the types that are asked about here.
const mediaRange =
  /^([\w!#$&^.+*-]+\/[\w!#$&^.+*-]+)(?:\s*;\s*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?$/

/** How much each media range is wanted; what is no media range is passed over. */
function weightByRange(accept: string): ReadonlyMap<string, number> {
  return new Map(
    accept.split(',').flatMap((part) => {
      const [, range, weight = '1'] = mediaRange.exec(part.trim()) ?? []
      return range === undefined ? [] : [[range, Number(weight)] as const]
    }),
  )
}

/**
 * Tells whether a request names a media type in `Accept` and wants it no less than another one, which it gets
 * otherwise. Types are given in lower case.
 */
export function accepts(
  { headers }: Pick<HttpRequest, 'headers'>,
  type: string,
  otherwise: string,
): boolean {
  const accept = String(headers['accept'] ?? '')
    .slice(0, longest)
    .toLowerCase()
  if (!accept.includes(type)) return false
  const weights = weightByRange(accept)
  const wanted = weights.get(type) ?? 0
  const [family = ''] = otherwise.split('/')
  const other = weights.get(otherwise) ?? weights.get(`${family}/*`) ?? weights.get('*/*') ?? 0
  return wanted > 0 && wanted >= other
}
