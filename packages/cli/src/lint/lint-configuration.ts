import type { Fault, LintRule, Severity } from './lint-rule.js'
import { createLintSubject } from './lint-subject.js'
import type { LintedConfiguration } from './lint-subject.js'
import { lintRules } from './rules/index.js'

/** Something in a configuration that is allowed, and never works or is a risk. */
export interface Finding extends Fault {
  /** Which rule has found it: `unreachable-scope`. */
  readonly ruleId: string
  readonly severity: Severity
  /** What comes of it for those who leave it as it is. */
  readonly why: string
  /** Where the documentation has more: `docs/reference/lint.md#unreachable-scope`. */
  readonly url: string
}

/** What rules need to know beside the configuration. */
export interface LintOptions {
  /** Against which secrets expire. */
  readonly now: Date
}

/** The severities, worst first. */
export const severities = ['error', 'warning', 'info'] as const satisfies readonly Severity[]

/** The place in the documentation that is about a rule. */
export const documentationOf = ({ id }: Pick<LintRule, 'id'>): string =>
  `docs/reference/lint.md#${id}`

/**
 * Finds what is allowed in a configuration and never works, or is a risk, worst first. It takes for granted that the
 * configuration is valid: `bailiwick serve` and `createAuthorizationServer` say what is not.
 *
 * @example
 * ```ts
 * const findings = lintConfiguration({ ...options, ...options.resources }, { now: new Date() })
 * ```
 */
export function lintConfiguration(
  configuration: LintedConfiguration,
  { now }: LintOptions,
): readonly Finding[] {
  const subject = createLintSubject(configuration, now)
  const findings = lintRules.flatMap((rule) =>
    rule.check(subject).map(({ path, message, fix }) => ({
      ruleId: rule.id,
      severity: rule.severity,
      path,
      message,
      why: rule.why,
      fix,
      url: documentationOf(rule),
    })),
  )
  return severities.flatMap((severity) =>
    findings.filter((finding) => finding.severity === severity),
  )
}
