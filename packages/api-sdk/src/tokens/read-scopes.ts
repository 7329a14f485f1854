import { Refusal } from '../errors/refusal.js'
import { readClaim } from '../requirements/claim-path.js'
import type { Claims } from './decode-token.js'
import type { TokenShape } from './token-shape.js'

// RFC 6749 section 3.3. A tab is let through because it separates nothing: what contains one is a single scope that no
// API asks for, and the answer to that is insufficient_scope.
const malformed = /[^\t\x20-\x21\x23-\x5B\x5D-\x7E]/

const isScope = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && !value.includes(' ') && !malformed.test(value)

function readScopeClaim(value: unknown): ReadonlySet<string> | undefined {
  if (value === undefined) return undefined
  if (typeof value === 'string') {
    if (malformed.test(value)) throw new Refusal('malformed_claim')
    const scopes = new Set(value.split(' '))
    scopes.delete('')
    return scopes
  }
  if (!Array.isArray(value) || !value.every(isScope)) throw new Refusal('malformed_claim')
  return new Set(value)
}

function isSameSet(left: ReadonlySet<string>, right: ReadonlySet<string>): boolean {
  return left.size === right.size && [...left].every((scope) => right.has(scope))
}

/**
 * The scopes of a token, wherever tokens of its shape have them: as a string (RFC 9068 section 2.2.3) or as a list. A
 * token that has them in several places and means different things by them is malformed.
 */
export function readScopes(claims: Claims, { scopes: paths }: TokenShape): ReadonlySet<string> {
  let scopes: ReadonlySet<string> | undefined
  for (const path of paths) {
    const found = readScopeClaim(typeof path === 'string' ? claims[path] : readClaim(claims, path))
    if (scopes !== undefined && found !== undefined && !isSameSet(scopes, found)) {
      throw new Refusal('malformed_claim')
    }
    scopes ??= found
  }
  return scopes ?? new Set()
}
