import { isRecord } from '../is-record.js'
import { decodeSegment } from './decode-segment.js'

/**
 * Tells whether a token wants to be a JWT: two dots, and a header that has an `alg`. It is generous, because whoever
 * spells a JWT badly has to be refused for that, and not to be asked about.
 */
export function hasJwtShape(token: string): boolean {
  const [header = '', ...others] = token.split('.', 4)
  if (others.length !== 2) return false
  try {
    const value = decodeSegment(header)
    return isRecord(value) && Object.hasOwn(value, 'alg')
  } catch {
    return false
  }
}
