import type { LintSubject } from './lint-subject.js'

/**
 * How bad something is. `error`: a hole, or something that never works. `warning`: something that does not do what it
 * seems to, or a risk. `info`: something that people may have decided on purpose.
 */
export type Severity = 'error' | 'warning' | 'info'

/** One place at which a rule has found something. */
export interface Fault {
  /** Where, as in the errors of a configuration: `clients[0].redirectUris[1]`. */
  readonly path: string
  /** What is the matter. */
  readonly message: string
  /** What to change so that it is no longer found. */
  readonly fix: string
}

/** Finds one thing that is allowed in a configuration, and never works or is a risk. */
export interface LintRule {
  /** Its name, which does not change: the anchor of its section in docs/reference/lint.md. */
  readonly id: string
  readonly severity: Severity
  /** What it finds, in a few words. */
  readonly title: string
  /** What comes of it for those who leave it as it is. */
  readonly why: string
  readonly check: (subject: LintSubject) => readonly Fault[]
}
