import { formatJson } from './format-json.js'
import { formatSarif } from './format-sarif.js'
import { formatText } from './format-text.js'
import type { ReportFormat } from './report.js'

/** The forms in which a report can be had, by their names on the command line. */
export const reportFormats = {
  text: formatText,
  json: formatJson,
  sarif: formatSarif,
} as const satisfies Readonly<Record<string, ReportFormat>>
