import { severities } from '../lint-configuration.js'
import type { Finding } from '../lint-configuration.js'
import type { Severity } from '../lint-rule.js'

/** Counts findings by their severity. */
export function countFindings(findings: readonly Finding[]): Readonly<Record<Severity, number>> {
  const count = (wanted: Severity): number =>
    findings.filter(({ severity }) => severity === wanted).length
  return { error: count('error'), warning: count('warning'), info: count('info') }
}

/** Whether one severity is as bad as another, or worse. */
export const isAtLeast = (severity: Severity, threshold: Severity): boolean =>
  severities.indexOf(severity) <= severities.indexOf(threshold)
