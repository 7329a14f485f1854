import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import {
  abuseCases,
  dpopAbuseCases,
  everyMethodAbuseCases,
  optionalGuardAbuseCases,
  referenceTokenAbuseCases,
} from '../src/testing.js'

const folder = new URL('.', import.meta.url)

const read = (path: string): string => readFileSync(new URL(path, folder), 'utf8')

const abuses = [
  ...abuseCases,
  ...dpopAbuseCases,
  ...everyMethodAbuseCases,
  ...optionalGuardAbuseCases,
  ...referenceTokenAbuseCases,
].map(({ id }) => `'${id}'`)

const tests = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && path !== 'conformance.test.ts')
  .filter((path) => !path.includes('node_modules'))
  .map(read)
  .concat(abuses)
  .join('\n')

const text = read('../../../docs/reference/conformance.md')

const rows = [...text.matchAll(/^\| `([\w-]+)` +\| ([\w, ]+?) +\| *(\d*) *\|$/gm)].map(
  ([, name = '', ids = '', deviation = '']) => [name, ids.split(', '), deviation] as const,
)

it('docs/reference/conformance.md lists every case once', () => {
  const lines = text.split('\n').filter((line) => line.startsWith('| `'))
  expect(rows).toHaveLength(lines.length)
  expect(new Set(rows.map(([name]) => name)).size).toBe(rows.length)
  expect(rows.length).toBeGreaterThan(40)
})

it.each(rows)(
  'docs/reference/conformance.md: %s is held by tests that exist',
  (_, ids, deviation) => {
    const missing = ids.filter((id) => !new RegExp(`['\`]${id}|[A-Z]\\d\\d ${id}`).test(tests))
    expect(missing).toEqual([])
    if (deviation !== '') expect(text).toContain(`\n${deviation}. `)
  },
)
