import type { Comparison } from '../measure/comparison.js'
import type { Row, Section } from '../suites/suite.js'

const nameWidth = 44
const figureWidth = 12

const decimalsOf = (figure: number): number => {
  if (figure >= 1000) return 0
  return figure >= 100 ? 1 : 2
}

function formatFigure(figure: number): string {
  const decimals = decimalsOf(figure)
  return figure.toLocaleString('en', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  })
}

const line = (name: string, cells: readonly string[]): string =>
  `  ${name.padEnd(nameWidth)}${cells.map((cell) => cell.padStart(figureWidth)).join('')}\n`

const columnsOf = (rows: readonly Row[]): readonly string[] => [
  ...new Set(rows.flatMap(({ figures }) => Object.keys(figures))),
]

function formatVerdict({ target, isMet }: Comparison): string {
  if (target === undefined) return ''
  return `  target ${target.bound} ${formatFigure(target.ratio)}: ${isMet ? 'met' : 'below target'}`
}

function formatComparison(comparison: Comparison): string {
  const [lower, upper] = comparison.quartiles.map(formatFigure)
  const ratio = `${formatFigure(comparison.median)} (${lower} to ${upper})`
  const cells = `${comparison.name.padEnd(nameWidth)}${ratio.padStart(2 * figureWidth)}`
  return `  ${cells}${formatVerdict(comparison)}\n`
}

/** Writes a section as a table, and below it each ratio with its quartiles and its target. */
export function formatSection({ title, rows, comparisons }: Section): string {
  const columns = columnsOf(rows)
  return [
    `\n${title}\n`,
    line('', columns),
    ...rows.map(({ name, figures }) =>
      line(
        name,
        columns.map((column) => formatFigure(figures[column] ?? NaN)),
      ),
    ),
    ...comparisons.map(formatComparison),
  ].join('')
}
