import { severities } from '../lint/lint-configuration.js'
import type { Finding } from '../lint/lint-configuration.js'
import type { Fault } from '../lint/lint-rule.js'
import { importRules } from './rules.js'
import type { ImportRule, ImportRuleId } from './rules.js'

/** Told what was found. The path is that of the source, and no text holds a secret. */
export type ReportFinding = (ruleId: ImportRuleId, fault: Fault) => void

/** Collects what is found. */
export interface FindingCollector {
  readonly report: ReportFinding
  /** What was found, worst first. */
  readonly findings: () => readonly Finding[]
}

/** The place in the documentation that is about a rule. */
const documentationOf = ({ id }: ImportRule): string => `docs/reference/import.md#${id}`

/** Makes a collector of findings. */
export function collectFindings(): FindingCollector {
  const faults: { readonly ruleId: ImportRuleId; readonly fault: Fault }[] = []
  return {
    report: (ruleId, fault) => {
      faults.push({ ruleId, fault })
    },
    findings: () => {
      const found = importRules.flatMap((rule) =>
        faults
          .filter(({ ruleId }) => ruleId === rule.id)
          .map(({ fault }) => ({
            ruleId: rule.id,
            severity: rule.severity,
            path: fault.path,
            message: fault.message,
            why: rule.why,
            fix: fault.fix,
            url: documentationOf(rule),
          })),
      )
      return severities.flatMap((severity) => found.filter((one) => one.severity === severity))
    },
  }
}
