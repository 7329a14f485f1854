import { expect, it } from 'vitest'
import { checkConfiguration } from '../../packages/cli/src/configuration/check-configuration.js'
import { compilePages } from './support/compile.js'
import { pages, pagesWith } from './support/pages.js'

/** Languages under which nothing is hidden that could be compiled or run. */
const checked = ['ts', 'tsx', 'json', 'sh', 'console']
const forPeople = [
  'cs',
  'js',
  'text',
  'http',
  'diff',
  'html',
  'css',
  'sql',
  'yaml',
  'ini',
  'nginx',
  'dockerfile',
]
const languages = new Set([...checked, ...forPeople])

let compiled: Promise<readonly string[]> | undefined
const messages = (): Promise<readonly string[]> => (compiled ??= compilePages(pages))

const problemOf = (run: () => unknown): string | undefined => {
  try {
    run()
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

it.each(pages)('$name has blocks in languages that are checked, or that are no code', (page) => {
  const others = page.blocks.filter(({ language }) => !languages.has(language))
  expect(others.map(({ line, language }) => `${page.path}:${line}: ${language}`)).toEqual([])
})

it.each(pagesWith('ts', 'tsx'))('$name compiles', async ({ path }) => {
  const found = (await messages()).filter((message) => message.startsWith(`${path}:`))
  expect(found).toEqual([])
})

it('all code of pages compiles as one program', async () => {
  const isOfPage = (message: string): boolean =>
    pages.some(({ path }) => message.startsWith(`${path}:`))
  expect((await messages()).filter((message) => !isOfPage(message))).toEqual([])
})

it.each(pagesWith('json'))('$name has JSON that can be parsed', ({ path, blocks }) => {
  const problems = blocks
    .filter(({ language }) => language === 'json')
    .map(({ code, line }) => ({
      place: `${path}:${line}`,
      problem: problemOf(() => JSON.parse(code)),
    }))
  expect(problems.filter(({ problem }) => problem !== undefined)).toEqual([])
})

const configurations = pages.flatMap(({ name, path, blocks }) =>
  blocks
    .filter(({ file }) => /^bailiwick.*\.json$/.test(file ?? ''))
    .map(({ file, code, line }) => ({ name, file, code, place: `${path}:${line}` })),
)

it.each(configurations)('$name has a configuration without mistakes: $file', ({ code, place }) => {
  const check = (): unknown =>
    checkConfiguration(JSON.parse(code), { defaultIssuer: 'http://127.0.0.1:5001' })
  expect({ place, problem: problemOf(check) }).toEqual({ place, problem: undefined })
})
