import type { KeyDescription } from '@bailiwick/core'

const headings = [
  'KID',
  'ALGORITHM',
  'STATUS',
  'CREATED',
  'SIGNS FROM',
  'SIGNS UNTIL',
  'DELETED',
] as const

const timeOf = (seconds: number | undefined): string =>
  seconds === undefined ? '-' : new Date(seconds * 1000).toISOString()

const rowOf = (key: KeyDescription): readonly string[] => [
  key.kid,
  key.algorithm,
  key.status,
  timeOf(key.createdAt),
  timeOf(key.signsFrom),
  timeOf(key.signsUntil),
  timeOf(key.expiresAt),
]

/** Writes keys as a table for people: a line for each, times in UTC. */
export function formatKeys(keys: readonly KeyDescription[]): string {
  const rows = [headings, ...keys.map(rowOf)]
  const widths = headings.map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  )
  return rows
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .map((line) => `${line.trimEnd()}\n`)
    .join('')
}
