import { CommandFailure } from '../command-failure.js'
import { findJsonFault } from './find-json-fault.js'

/**
 * Parses the text of a JSON file.
 *
 * @throws CommandFailure that tells the line, the column and what is expected there.
 */
export function parseJson(text: string, file: string): unknown {
  const fault = findJsonFault(text)
  if (fault === undefined) return JSON.parse(text)
  const { line, column, expected } = fault
  throw new CommandFailure(
    `${file}: not valid JSON: line ${line}, column ${column}: ${expected} is expected`,
  )
}
