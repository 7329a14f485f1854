import { isRecord } from '../is-record.js'
import { reject } from '../requirements/requirement.js'

/** Checks that a preset is called with an object. Throws a ConfigurationError that says what it needs. */
export function readOptions<Options extends object>(
  preset: string,
  options: Options,
  needed: string,
): Options {
  return isRecord(options) ? options : reject(preset, `an object is needed, with ${needed}`)
}
