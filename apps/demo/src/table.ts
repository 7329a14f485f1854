import type { Chapter } from './chapters.js'
import type { Outcome, Stop } from './tour.js'

const headingsOf = ({ apis }: Chapter): readonly string[] => [
  'scope requested',
  'resource',
  'aud of the token',
  'scope of the token',
  'alg',
  `invoice API (${apis.invoice})`,
  `customer API (${apis.customer})`,
  '',
]

const verdicts: Readonly<Record<number, string>> = {
  200: '200',
  401: '401 not for me',
  403: '403 lacks scope',
}

const verdict = (status: number | undefined): string =>
  status === undefined ? '-' : (verdicts[status] ?? String(status))

function outcomeCells({ token, answers }: Outcome): readonly string[] {
  if ('error' in token) return [token.error, '-', '-', '-', '-']
  return [
    [token.aud ?? '(none)'].flat().join(', '),
    token.scope,
    token.alg,
    verdict(answers?.invoice),
    verdict(answers?.customer),
  ]
}

function rowsOf({
  example,
  expected,
  outcome,
  isAsExpected,
}: Stop): readonly (readonly string[])[] {
  const request = [example.scope, example.resource ?? '']
  const came = [...request, ...outcomeCells(outcome), isAsExpected ? 'ok' : 'DIFFERS']
  if (isAsExpected) return [came]
  return [came, ['', '  expected:', ...outcomeCells(expected), '']]
}

/** Writes what came of a chapter as a table, requests, tokens and answers side by side. */
export function table(chapter: Chapter, stops: readonly Stop[]): string {
  const headings = headingsOf(chapter)
  const rows = [headings, ...stops.flatMap(rowsOf)]
  const widths = headings.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd()
  const rule = widths
    .map((width) => '-'.repeat(width))
    .join('  ')
    .trimEnd()
  const [head = '', ...body] = rows.map(line)
  return [head, rule, ...body].join('\n')
}
