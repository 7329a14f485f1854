import type { TextPosition } from '../../configuration/locate-json-paths.js'
import type { Finding } from '../lint-configuration.js'

/** A finding, and where in the file it is if that is known. */
export interface LocatedFinding extends Finding, Partial<TextPosition> {}

/** What was found in a file. */
export interface Report {
  /** As it was named. */
  readonly file: string
  readonly findings: readonly LocatedFinding[]
}

/** Writes a report down, with a line break at its end. */
export type ReportFormat = (report: Report) => string
