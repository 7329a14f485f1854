import { countFindings } from './count-findings.js'
import type { ReportFormat } from './report.js'

/** For programs: the findings as they are, and how many there are. */
export const formatJson: ReportFormat = ({ file, findings }) =>
  `${JSON.stringify({ file, findings, summary: countFindings(findings) }, undefined, 2)}\n`
