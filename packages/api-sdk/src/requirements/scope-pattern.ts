import { isScopeToken } from '@bailiwick/protocol'
import { readText } from './request-reader.js'
import type { RequestReader } from './request-reader.js'
import { reject } from './requirement.js'
import type { GrantedAccess, Requirement } from './requirement.js'
import type { Unmet } from './unmet.js'

/** The name of the parameterized scope that a pattern is about: `transaction` of `transaction:*`. */
export type PatternScope<Pattern extends string> = Pattern extends
  | `${infer Name}:*`
  | `${infer Name}/*`
  | `${infer Name}.*`
  ? Name
  : never

/** A parameterized scope with any parameter: its name, a separator, and a star. */
export type ScopePattern = `${string}:*` | `${string}/*` | `${string}.*`

const endings = [':*', '/*', '.*']

function readPrefix(pattern: unknown): string {
  if (typeof pattern !== 'string' || !isScopeToken(pattern)) {
    reject('scopePattern', 'this is no scope (RFC 6749 section 3.3)')
  }
  // Without a separator `read*` would be met by `read-everything`, which somebody else declared.
  if (!endings.some((ending) => pattern.endsWith(ending)) || pattern.length < 3) {
    reject('scopePattern', "write a name, one of ':', '/' and '.', and a star: 'transaction:*'")
  }
  if (pattern.indexOf('*') !== pattern.length - 1) {
    reject('scopePattern', 'one star at the end is all there can be')
  }
  return pattern.slice(0, -1)
}

function isParameter(value: unknown): value is string {
  return typeof value === 'string' && isScopeToken(value)
}

function withAnyParameter<Scope extends string>(
  prefix: string,
  scopes: readonly Scope[],
): Requirement<Scope> {
  const isMatch = (granted: string): boolean =>
    granted.length > prefix.length && granted.startsWith(prefix)
  return {
    scopes,
    advertised: [],
    findUnmet: (access) =>
      [...access.scopes].some(isMatch) ? undefined : { reason: 'insufficient_scope', scopes: [] },
  }
}

const findMissing = ({ scopes }: GrantedAccess, wanted: readonly string[]): Unmet | undefined =>
  wanted.some((name) => scopes.has(name))
    ? undefined
    : { reason: 'insufficient_scope', scopes: wanted }

/**
 * Needs a parameterized scope: `scopePattern('transaction:*')` is met by `transaction:42` and not by `transaction`. In
 * a guard any parameter will do, and clients are not told what to ask for, because nobody can ask for a pattern. With a
 * parameter, or a function that reads it from the request, only that one will do, and clients are told:
 * `transaction:42`. A parameter that no scope can have is met by no token. A declared scope that is called `transaction:all` has a parameter, too: call it
 * something else.
 *
 * @example
 * ```ts
 * app.get('/transactions/:id', guard(scopePattern('transaction:*', (request) => request.params?.['id'])), show)
 * ```
 * @throws ConfigurationError for a pattern that is not a name, one of `:`, `/` and `.`, and a star.
 */
export function scopePattern<const Pattern extends ScopePattern>(
  pattern: Pattern,
  ...parameters: readonly [parameter?: string | RequestReader]
): Requirement<PatternScope<Pattern>> {
  const prefix = readPrefix(pattern)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the type says what slice does
  const scopes = [prefix.slice(0, -1) as PatternScope<Pattern>]
  if (parameters.length === 0) return withAnyParameter(prefix, scopes)
  const [parameter] = parameters
  const wanted = (value: unknown): readonly string[] => (isParameter(value) ? [prefix + value] : [])
  if (typeof parameter !== 'function') {
    const advertised = wanted(parameter)
    return { scopes, advertised, findUnmet: (access) => findMissing(access, advertised) }
  }
  return {
    scopes,
    advertised: [],
    findUnmet: (access) => findMissing(access, wanted(readText(parameter, access.request))),
  }
}
