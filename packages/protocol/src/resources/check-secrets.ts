import type { ConfigurationProblem } from '../configuration-error.js'
import type { Secret } from './resource.js'

// The base64 of 32 bytes: 43 digits, of which the last holds 4 bits, and one sign of padding.
const base64Sha256 = /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/

/** Finds secrets that can never match. The values themselves are not repeated. */
export function checkSecrets(
  secrets: readonly Secret[],
  path: string,
): readonly ConfigurationProblem[] {
  return secrets.flatMap(({ value, expiration }, index) => {
    const problems: ConfigurationProblem[] = []
    if (!base64Sha256.test(value)) {
      problems.push({
        path: `${path}[${index}].value`,
        message: 'it is not the base64 of a SHA-256 hash: hash the secret, e.g. with sha256()',
      })
    }
    if (expiration !== undefined && Number.isNaN(Date.parse(expiration))) {
      problems.push({
        path: `${path}[${index}].expiration`,
        message: `'${expiration}' is no ISO 8601 date`,
      })
    }
    return problems
  })
}
