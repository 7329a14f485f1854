import { countFindings } from './count-findings.js'
import type { LocatedFinding, Report, ReportFormat } from './report.js'

/** Without characters that terminals act on, or that change the order of others. */
const printable = (text: string): string => text.replaceAll(/\p{C}/gu, '?')

const plural = (count: number, word: string): string =>
  `${count} ${count === 1 ? word : `${word}s`}`

function summaryOf({ file, findings }: Report): string {
  if (findings.length === 0) return `${file}: nothing found\n`
  const { error, warning, info } = countFindings(findings)
  return `${file}: ${plural(error, 'error')}, ${plural(warning, 'warning')}, ${info} info\n`
}

const placeOf = ({ path, line, column }: LocatedFinding, file: string): string =>
  line === undefined || column === undefined ? path : `${path} (${file}:${line}:${column})`

/** Findings of one rule stand together, so that its reason is told once. */
function sectionOf(findings: readonly LocatedFinding[], file: string): string {
  const [first] = findings
  if (first === undefined) return ''
  const lines = [
    `${first.severity}: ${first.ruleId}`,
    ...findings.flatMap((finding) => [
      `  ${placeOf(finding, file)}`,
      `    ${finding.message}`,
      `    Fix: ${finding.fix}.`,
    ]),
    `  Why: ${first.why}`,
    `  More: ${first.url}`,
  ]
  return lines.map((line) => `${printable(line)}\n`).join('')
}

/** For people. */
export const formatText: ReportFormat = (report) => {
  const ruleIds = [...new Set(report.findings.map(({ ruleId }) => ruleId))]
  const sections = ruleIds.map((id) =>
    sectionOf(
      report.findings.filter(({ ruleId }) => ruleId === id),
      report.file,
    ),
  )
  return [...sections, summaryOf(report)].join('\n')
}
