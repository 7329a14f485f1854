import { relative, sep } from 'node:path'
import { version } from '../../version.js'
import { documentationOf } from '../lint-configuration.js'
import type { LintRule, Severity } from '../lint-rule.js'
import { lintRules } from '../rules/index.js'
import type { LocatedFinding, ReportFormat } from './report.js'

const levels = {
  error: 'error',
  warning: 'warning',
  info: 'note',
} as const satisfies Readonly<Record<Severity, string>>

/** A URI reference from the folder in which the command runs, which in CI is the root of the repository. */
const uriOf = (file: string): string =>
  relative('', file).split(sep).map(encodeURIComponent).join('/')

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`

const descriptorOf = (rule: LintRule): object => ({
  id: rule.id,
  shortDescription: { text: sentence(rule.title) },
  fullDescription: { text: rule.why },
  // A helpUri has to be absolute.
  help: { text: `${rule.why} See ${documentationOf(rule)}.` },
  defaultConfiguration: { level: levels[rule.severity] },
})

function resultOf(finding: LocatedFinding, file: string): object {
  const { ruleId, severity, path, message, fix, line, column } = finding
  return {
    ruleId,
    ruleIndex: lintRules.findIndex(({ id }) => id === ruleId),
    level: levels[severity],
    message: { text: `${sentence(message)} Fix: ${fix}.` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(file) },
          ...(line !== undefined && { region: { startLine: line, startColumn: column } }),
        },
        logicalLocations: [{ fullyQualifiedName: path }],
      },
    ],
    // Line numbers change with every edit; by this a finding is known again.
    partialFingerprints: { 'rulePath/v1': `${ruleId}:${path}` },
  }
}

/** For code scanning: SARIF 2.1.0. */
export const formatSarif: ReportFormat = ({ file, findings }) => {
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'Bailiwick', version: version(), rules: lintRules.map(descriptorOf) },
        },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => resultOf(finding, file)),
      },
    ],
  }
  return `${JSON.stringify(log, undefined, 2)}\n`
}
