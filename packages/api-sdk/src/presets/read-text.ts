import { reject } from '../requirements/requirement.js'

/** Checks a text of which a preset does not know more. Throws a ConfigurationError when it is none or empty. */
export function readText(path: string, value: unknown): string {
  return typeof value === 'string' && value !== '' ? value : reject(path, 'a text is needed')
}
