import { CommandFailure } from '../command-failure.js'
import { severities } from '../lint/lint-configuration.js'
import { lintFile } from '../lint/lint-file.js'
import type { Severity } from '../lint/lint-rule.js'
import { isAtLeast } from '../lint/reports/count-findings.js'
import { reportFormats } from '../lint/reports/index.js'
import type { Report, ReportFormat } from '../lint/reports/report.js'
import { lintRules } from '../lint/rules/index.js'
import { UsageError } from '../usage-error.js'
import { defineCommand } from './command.js'
import { serverOptions } from './server-options.js'

const formatNames = Object.keys(reportFormats).join(', ')

function readFormat(name: string | undefined, json: string | undefined): ReportFormat {
  if (json !== undefined && name !== undefined && name !== 'json') {
    throw new UsageError('--json and --format contradict each other')
  }
  if (json !== undefined) return reportFormats.json
  const [, format] =
    Object.entries(reportFormats).find(([known]) => known === (name ?? 'text')) ?? []
  if (format !== undefined) return format
  throw new UsageError(`--format takes ${formatNames}, not '${name}'`)
}

function readSeverity(text: string): Severity {
  const severity = severities.find((known) => known === text)
  if (severity !== undefined) return severity
  throw new UsageError(`--severity takes ${severities.join(', ')}, not '${text}'`)
}

function readRuleIds(text: string): readonly string[] {
  const ids = text.split(',').map((id) => id.trim())
  const unknown = ids.find((id) => !lintRules.some((rule) => rule.id === id))
  if (unknown === undefined) return ids
  throw new UsageError(
    `--ignore takes rules of docs/reference/lint.md, of which '${unknown}' is none`,
  )
}

const without = (report: Report, ruleIds: readonly string[]): Report => ({
  ...report,
  findings: report.findings.filter(({ ruleId }) => !ruleIds.includes(ruleId)),
})

/** `bailiwick lint`: finds what is allowed in a configuration, and never works or is a risk. */
export const lintCommand = defineCommand({
  name: 'lint',
  summary: 'Finds what is allowed in a configuration, and never works or is a risk.',
  synopsis: 'lint --config FILE [--json | --format NAME] [--severity NAME] [--ignore RULES]',
  options: {
    config: serverOptions.config,
    json: { description: 'The same as --format json.' },
    format: { placeholder: 'NAME', description: `${formatNames}. Default: text.` },
    severity: {
      placeholder: 'NAME',
      description: `From which on a finding is a failure: ${severities.join(', ')}. Default: warning.`,
    },
    ignore: { placeholder: 'RULES', description: 'Rules to leave out, with commas between them.' },
  },
  async run({ config, json, format: name, severity: text = 'warning', ignore }, { stdout, now }) {
    if (config === undefined) throw new UsageError('--config FILE is needed')
    const format = readFormat(name, json)
    const threshold = readSeverity(text)
    const ignored = ignore === undefined ? [] : readRuleIds(ignore)

    const report = without(await lintFile(config, { now: now() }), ignored)
    stdout.write(format(report))
    const failures = report.findings.filter(({ severity }) => isAtLeast(severity, threshold))
    if (failures.length === 0) return
    throw new CommandFailure(
      `${config}: ${failures.length === 1 ? 'a finding is' : `${failures.length} findings are`} of severity ${threshold}${threshold === 'error' ? '' : ' or worse'}`,
    )
  },
})
