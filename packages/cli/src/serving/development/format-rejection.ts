import { quoteField } from '../format-event.js'
import { explainCommandLine } from './explain-command-line.js'
import type { ExplainedRejection } from './explain-rejections.js'

/** When and where a request was rejected. */
export interface RejectionPlace {
  readonly time: Date
  /** The configuration file. */
  readonly config: string
}

/** Writes why a request was rejected as one line: in words, and with the command that tells the rest. */
export function formatRejection(
  { error, sentence, request, link }: ExplainedRejection,
  { time, config }: RejectionPlace,
): string {
  const fields = { error, why: sentence, page: link, command: explainCommandLine(request, config) }
  const written = Object.entries(fields).map(([name, value]) => `${name}=${quoteField(value)}`)
  return [time.toISOString(), 'rejection_explained', ...written].join(' ')
}
