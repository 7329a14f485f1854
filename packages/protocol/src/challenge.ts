import { safeText } from './safe-text.js'

/** One challenge of a `WWW-Authenticate` header field (RFC 9110 section 11.6.1). */
export interface Challenge {
  readonly scheme: 'Basic' | 'Bearer' | 'DPoP'
  /** In the order in which they are written; those that are undefined are left out. */
  readonly parameters: Readonly<Record<string, string | undefined>>
}

/** Writes a challenge as a header field value, its parameters made safe by {@link safeText}. */
export function formatChallenge({ scheme, parameters }: Challenge): string {
  const written = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}="${safeText(value)}"`],
  )
  return `${scheme} ${written.join(', ')}`
}
