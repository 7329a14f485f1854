import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { pages } from '../docs/test/support/pages.js'

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')

/** The files of a folder, without those of folders in it. */
const filesIn = (path: string): readonly string[] =>
  readdirSync(new URL(`../${path}`, import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => `${path}/${name}`)

const subfoldersOf = (path: string): readonly string[] =>
  readdirSync(new URL(`../${path}`, import.meta.url)).map((name) => `${path}/${name}`)

const exists = (path: string): boolean => existsSync(new URL(`../${path}`, import.meta.url))

const files = [
  'README.md',
  'apps/demo/src/main.ts',
  'packages/cli/examples/bailiwick.json',
  ...pages.map(({ path }) => path),
  ...subfoldersOf('packages').map((path) => `${path}/README.md`),
  ...subfoldersOf('examples')
    .flatMap((path) => [path, `${path}/src`, `${path}/browser`, `${path}/pages`])
    .filter(exists)
    .flatMap(filesIn),
]

it.each(files)('%s leaves port 5000 alone, at which AirPlay listens on macOS', (file) => {
  expect(read(file)).not.toMatch(/(?<!\d)5000(?!\d)/)
})
