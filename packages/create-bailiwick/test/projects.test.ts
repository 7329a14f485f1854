import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { env, execPath } from 'node:process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath, launchChromium } from '../../../tests/support/chromium.js'
import { sayNotChecked } from '../../../tests/support/say-not-checked.js'
import { callers, frameworks } from '../src/choices.js'
import { projectSettings } from '../src/project-settings.js'
import { writeProject } from '../src/write-project.js'
import { signIn } from './support/sign-in.js'
import { startProject } from './support/start-project.js'
import { removeFolder, temporaryFolder } from './support/temporary-folder.js'

const run = promisify(execFile)
const fromSource = '--conditions=bailiwick-source'
const compiler = fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url))

const folder = temporaryFolder()
afterAll(() => {
  removeFolder(folder)
})

const combinations = frameworks.flatMap(({ value: framework }) =>
  callers.map(({ value }) => ({
    framework,
    callers: value,
    folder: join(folder, `${framework}-${value}`),
  })),
)
beforeAll(() => Promise.all(combinations.map(writeProject)))

const nameOfPackage = (specifier: string): string =>
  specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')

/** The packages that the files of a project import. */
function importedPackages(project: string): readonly string[] {
  const files = ['src', 'test'].flatMap((name) =>
    readdirSync(join(project, name)).map((file) => readFileSync(join(project, name, file), 'utf8')),
  )
  const specifiers = files.flatMap((text) => [...text.matchAll(/ from '([^.'][^']*)'/g)])
  const names = specifiers.map(([, specifier = '']) => nameOfPackage(specifier))
  return [...new Set(names)].filter((name) => !name.startsWith('node:')).toSorted()
}

describe.each(combinations)('for $callers on $framework', ({ folder: project }) => {
  it('compiles', async () => {
    // What the sources of the packages need; the packages themselves need neither.
    const flags = ['--customConditions', 'bailiwick-source', '--jsx', 'react-jsx']
    const { stdout } = await run(execPath, [compiler, '-p', project, ...flags])
    expect(stdout).toBe('')
  }, 120_000)

  it('depends on what it imports, and on nothing else', () => {
    const { dependencies } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>
    }
    expect(Object.keys(dependencies)).toEqual([...importedPackages(project), 'tsx'].toSorted())
  })
})

const on = (who: string) => combinations.filter((choices) => choices.callers === who)

describe.each(on('machines'))('a machine on $framework', ({ folder: project }) => {
  it('passes the tests of its API', async () => {
    const { stdout } = await run('npm', ['test'], {
      cwd: project,
      env: { ...env, NODE_OPTIONS: fromSource },
      maxBuffer: 2 ** 24,
    })
    expect(stdout).toMatch(/^. fail 0$/m)
    expect(Number(/^. pass (\d+)$/m.exec(stdout)?.[1])).toBeGreaterThan(100)
  }, 120_000)

  it('gets a token and an answer of the API with one command, and Ctrl+C stops all', async () => {
    const { output, urls, interrupt } = await startProject(project, fromSource)
    expect(output).toContain(`"iss":"${urls.ISSUER}"`)
    expect(output).toContain('"aud":"urn:invoices"')
    expect(output).toContain('200 {"subject":"batch","invoices":[{"number":1,"amount":120}]}')
    await interrupt()
    for (const url of [urls.ISSUER, urls.API_URL]) {
      await expect(fetch(url)).rejects.toThrow('fetch failed')
    }
  }, 120_000)
})

sayNotChecked(chromiumPath !== undefined, 'Chromium to sign in with: set CHROMIUM_PATH')

describe.runIf(chromiumPath !== undefined).each(on('people'))(
  'alice on $framework',
  ({ folder: project }) => {
    it('signs in and out after one command, and Ctrl+C stops all', async () => {
      const { output, urls, interrupt } = await startProject(project, fromSource)
      const password = /the password (\S+)/.exec(output)?.[1] ?? ''
      const chromium = await launchChromium()
      const page = await (await chromium.newContext({ javaScriptEnabled: false })).newPage()
      try {
        expect(await signIn(page, urls.CLIENT_URL, `not ${password}`)).toMatch(/wrong/i)

        const shown = await signIn(page, urls.CLIENT_URL, password)
        expect(page.url()).toBe(`${urls.CLIENT_URL}/`)
        expect(shown).toContain('You are Alice Adams.')
        expect(shown).toContain('200 {"subject":"alice","invoices":[{"number":1,"amount":120}]}')

        await page.getByRole('button', { name: 'Sign out' }).click()
        expect(page.url()).toBe(`${urls.CLIENT_URL}/`)
        await page.getByRole('link', { name: 'Sign in' }).click()
        expect(await page.locator('[name=password]').count()).toBe(1)

        await page.locator('button[value=cancel]').click()
        expect(page.url()).toBe(`${urls.CLIENT_URL}/`)
        expect(await page.locator('p').innerText()).toBe('the user did not go on')

        await page.goto(`${urls.CLIENT_URL}/callback?code=forged`)
        expect(await page.locator('p').innerText()).toBe('Please sign in again.')
      } finally {
        await chromium.close()
        await interrupt()
      }
      for (const url of Object.values(urls)) {
        await expect(fetch(url)).rejects.toThrow('fetch failed')
      }
    }, 120_000)
  },
)

it('gives each project secrets of its own', () => {
  const secrets = (text: string) =>
    [...text.matchAll(/^(?:DATA_KEY|CLIENT_SECRET|ALICE_PASSWORD)=(.+)$/gm)].map(
      ([, secret]) => secret,
    )
  const all = [projectSettings('people'), projectSettings('people'), projectSettings('machines')]
  expect(new Set(all.flatMap(secrets)).size).toBe(3 + 3 + 2)
})
