import { OAuthError } from './oauth-error.js'

const scopeToken = /^[\x21\x23-\x5B\x5D-\x7E]+$/

/** Tells whether a value is one scope token: printable ASCII without space, `"` and `\` (RFC 6749 section 3.3). */
export function isScopeToken(value: string): boolean {
  return scopeToken.test(value)
}

/**
 * Splits a `scope` parameter or claim into its distinct tokens, in the order in which they stand there.
 *
 * @throws OAuthError `invalid_scope` when it holds characters that no scope has (RFC 6749 section 3.3).
 */
export function parseScope(value: string): readonly string[] {
  const tokens = new Set(value.split(' ').filter((token) => token !== ''))
  for (const token of tokens) {
    if (!isScopeToken(token)) {
      throw new OAuthError('invalid_scope', {
        description:
          'scope holds characters that no scope has: values are printable ASCII, separated by single spaces',
      })
    }
  }
  return [...tokens]
}
