/**
 * The most characters of a JWT: no header of node:http has room for more. It bounds what a hostile one costs, as the
 * other limit does.
 */
const longestJwt = 16_384

/** More than any handle has. */
const longestHandle = 512

/** Tells by the look of a token what it can be; `undefined` for what is too long for either. */
export function tokenFormOf(token: string): 'jwt' | 'handle' | undefined {
  if (token.length > longestJwt) return undefined
  // Three parts, separated by dots (RFC 7515 section 3.1).
  if (token.split('.', 4).length === 3) return 'jwt'
  return token.length > longestHandle ? undefined : 'handle'
}
