import type { ExplanationDifference } from '@bailiwick/core'
import { wrapText } from './wrap-text.js'

const show = (value: unknown): string =>
  value === undefined ? '(not there)' : JSON.stringify(value)

const indented = (sign: string, value: unknown): string =>
  wrapText(show(value), { first: `  ${sign} `, other: '    ' })

/** Writes what differs: for each thing what it was, and what it is. */
export function formatDifferences(differences: readonly ExplanationDifference[]): string {
  if (differences.length === 0) return 'Nothing differs.\n'
  return differences
    .map(({ path, before, after }) =>
      [path, indented('-', before), indented('+', after), ''].join('\n'),
    )
    .join('')
}
