import type { Finding } from '../lint/lint-configuration.js'
import { countFindings } from '../lint/reports/count-findings.js'
import { formatText } from '../lint/reports/format-text.js'

/** What is told of an import. */
export interface ImportReport {
  /** The source, as it may be shown. */
  readonly from: string
  /** The file that was written; absent when it was printed. */
  readonly out: string | undefined
  readonly findings: readonly Finding[]
  readonly lint: readonly Finding[]
}

const text = ({ from, out = 'the result', findings, lint }: ImportReport): string =>
  `${formatText({ file: from, findings })}\n${formatText({ file: out, findings: lint })}`

const json = (report: ImportReport): string =>
  `${JSON.stringify(
    { ...report, summary: countFindings([...report.findings, ...report.lint]) },
    undefined,
    2,
  )}\n`

/** The forms in which the report can be had, by their names on the command line. */
export const importReportFormats = { text, json } as const satisfies Readonly<
  Record<string, (report: ImportReport) => string>
>
