import { reject } from '../requirements/requirement.js'

/**
 * Checks a host or a name that becomes part of an address. Throws a ConfigurationError when it would also change other
 * parts of it.
 */
export function readSegment(path: string, value: unknown): string {
  if (typeof value === 'string' && /^[\w.~:-]+$/.test(value)) return value
  const found = typeof value === 'string' ? `'${value}' is not it: ` : ''
  return reject(path, `${found}a name is needed, without https:// and /`)
}
