type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }

/** What is another in each token. The page shows real ones; they have to be of the same kind. */
const times = new Set(['iat', 'nbf', 'exp', 'auth_time', 'expiresAt', 'issuedAt'])
const identifiers = new Set(['jti', 'sid', 'kid', 'at_hash', 'ticket', 'code'])

const escape = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Whether a text is what a page shows, where `…` stands for anything. */
export const isText = (shown: string, printed: string): boolean =>
  new RegExp(`^${shown.trim().split('…').map(escape).join('[^]*?')}$`).test(printed.trim())

const isObject = (value: Json | undefined): value is { readonly [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isSameKind = (name: string, shown: Json, printed: Json | undefined): boolean => {
  if (times.has(name)) return typeof printed === typeof shown
  if (identifiers.has(name) && typeof shown === 'string' && !shown.includes('…')) {
    return typeof printed === 'string' && printed.length === shown.length
  }
  return isJson(shown, printed)
}

function isObjectLike(
  shown: { readonly [name: string]: Json },
  printed: Json | undefined,
): boolean {
  if (!isObject(printed)) return false
  const { '…': others, ...members } = shown
  const hasAll = Object.entries(members).every(([name, value]) =>
    isSameKind(name, value, printed[name]),
  )
  return hasAll && (others !== undefined || Object.keys(printed).every((name) => name in members))
}

/** Whether a value is what a page shows. In strings `…` stands for anything, as a member for other members. */
export function isJson(shown: Json, printed: Json | undefined): boolean {
  if (typeof shown === 'string') return typeof printed === 'string' && isText(shown, printed)
  if (Array.isArray(shown)) {
    return (
      Array.isArray(printed) &&
      printed.length === shown.length &&
      shown.every((item, index) => isJson(item as Json, printed[index] as Json))
    )
  }
  return isObject(shown) ? isObjectLike(shown, printed) : Object.is(shown, printed)
}
