import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Asset } from '../http/answer-asset.js'

/** The files that browsers load as they are. Nothing here imports them. */
const names = [
  'script.js',
  'draw-lines.js',
  'entries.js',
  'filter-entries.js',
  'form.js',
  'parts.js',
  'picture.js',
  'reach.js',
] as const

const read = (name: string): string =>
  readFileSync(new URL(`./browser/${name}`, import.meta.url), 'utf8')

/** Reads the scripts of the page by their names. They are of one version, in which they import each other. */
export function readScripts(): ReadonlyMap<string, Asset> {
  const sources = names.map((name) => [name, read(name)] as const)
  const hash = createHash('sha256').update(JSON.stringify(sources))
  const version = hash.digest('base64url').slice(0, 16)
  return new Map(
    sources.map(([name, source]) => {
      const text = source.replaceAll(/'(\.\/[\w-]+\.js)'/g, `'$1?v=${version}'`)
      return [name, { type: 'text/javascript', text, version }]
    }),
  )
}
