import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { decodeJwt } from 'jose'
import { describe, expect, it, onTestFinished } from 'vitest'
import { hasDatabase } from '../../../packages/store-postgres/test/support/find-database.js'
import { temporaryDatabase } from '../../../packages/store-postgres/test/support/temporary-database.js'
import {
  canStartRedis,
  startRedis,
} from '../../../packages/store-redis/test/support/redis-process.js'
import { runInProcess } from '../../../packages/cli/test/support/run-in-process.js'
import { sayNotChecked } from '../../../tests/support/say-not-checked.js'
import { curlJson } from './support/curl.js'
import { blockOf, readText, runBlocks } from './support/running-blocks.js'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const demo = fileURLToPath(new URL('..', import.meta.url))
const names = readdirSync(join(root, 'packages'))
const readmeOf = (name: string): string => readText(`packages/${name}/README.md`)
const programOf = (name: string): string => blockOf(readmeOf(name), 'server.ts')

const programs = names.filter((name) => readmeOf(name).includes('<!-- server.ts -->'))
const definitions = blockOf(readmeOf('protocol'), 'resources.ts')

/** Compiles examples as users do who are strict, and tells what is wrong with them. */
async function compile(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = mkdtempSync(join(demo, 'node_modules/.readmes-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true })
  })
  for (const [name, code] of Object.entries(files)) {
    mkdirSync(join(folder, name))
    writeFileSync(join(folder, name, 'example.ts'), code)
  }
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  const compilerOptions = {
    target: 'ES2023',
    module: 'NodeNext',
    types: ['node'],
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    // What the sources of the packages need.
    jsx: 'react-jsx',
    customConditions: ['bailiwick-source'],
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }))
  const compiler = join(root, 'node_modules/typescript/bin/tsc')
  return promisify(execFile)(execPath, [compiler, '-p', folder]).then(
    ({ stdout }) => stdout,
    (error: { stdout: string }) => error.stdout,
  )
}

describe('the READMEs of the packages', () => {
  it('show programs that compile', async () => {
    expect(programs.length).toBeGreaterThan(7)
    const files = programs.map((name) => [name, programOf(name)])
    expect(await compile({ ...Object.fromEntries(files), protocol: definitions })).toBe('')
  }, 120_000)

  it('promise that the compiler finds a scope that nobody declared', async () => {
    const wrong = definitions.replace("scopes: ['invoice.read'", "scopes: ['invoice.raed'")
    expect(await compile({ protocol: wrong })).toContain(`'"invoice.raed"'`)
  }, 120_000)

  it.each(names)('%s leads to what is there', (name) => {
    const links = [...readmeOf(name).matchAll(/\]\((?![a-z]+:|#)([^)#]+)/g)]
    const targets = links.map(([, path = '']) => join(root, 'packages', name, path))
    expect(targets.filter((target) => !existsSync(target))).toEqual([])
  })
})

const request = /^curl .*$/m.exec(readmeOf('core'))?.[0] ?? ''

/** Runs the program of a README, asks it for a token as the README of core does, and gives what the token says. */
async function tokenOf(program: string): Promise<Record<string, unknown>> {
  const blocks = await runBlocks({ 5001: program })
  onTestFinished(async () => {
    await blocks.stop()
    rmSync(join(demo, 'bailiwick.db'), { force: true })
  })
  return decodeJwt(String((await curlJson(blocks.withPorts(request)))['access_token']))
}

const expected = { aud: 'urn:invoices', scope: 'invoice.read', client_id: 'batch' }

describe.each(['core', 'express', 'fetch', 'koa', 'node', 'store-sqlite'])('%s', (name) => {
  it('gives the token that its README promises', async () => {
    expect(await tokenOf(programOf(name))).toMatchObject(expected)
  }, 120_000)
})

describe('ui', () => {
  it('shows the page on which people sign in', async () => {
    const blocks = await runBlocks({ 5001: programOf('ui') })
    onTestFinished(blocks.stop)
    const parameters = new URLSearchParams({
      client_id: 'app',
      response_type: 'code',
      redirect_uri: blocks.withPorts('http://127.0.0.1:5003/callback'),
      scope: 'openid',
      code_challenge: 'a'.repeat(43),
      code_challenge_method: 'S256',
    })
    const origin = blocks.withPorts('http://127.0.0.1:5001')
    const begun = await fetch(`${origin}/authorize?${parameters}`, { redirect: 'manual' })
    const cookie = begun.headers.getSetCookie().map((value) => value.split(';')[0])
    const address = new URL(begun.headers.get('location') ?? '', origin)
    const page = await fetch(address, { headers: { cookie: cookie.join('; ') } })
    const html = await page.text()
    expect(html).toContain('name="password"')
    expect(html).toContain('Example ID')
  }, 120_000)
})

sayNotChecked(hasDatabase, 'PostgreSQL: set DATABASE_URL')

describe.runIf(hasDatabase)('store-postgres', () => {
  it('keeps what its README promises', async () => {
    const { url, ask } = await temporaryDatabase()
    const program = programOf('store-postgres').replace(/postgres:[^']+/, url)
    expect(await tokenOf(program)).toMatchObject(expected)
    expect(await ask('SELECT kind FROM bailiwick.records')).not.toEqual([])
  }, 120_000)
})

sayNotChecked(canStartRedis, 'Redis to start')

describe.runIf(canStartRedis)('store-redis', () => {
  it('keeps what its README promises', async () => {
    const redis = await startRedis()
    onTestFinished(redis.remove)
    const program = programOf('store-redis').replace(/rediss:[^']+/, redis.url)
    expect(await tokenOf(program)).toMatchObject(expected)
  }, 120_000)
})

describe('cli', () => {
  it.each([...readmeOf('cli').matchAll(/^npx bailiwick (.*)$/gm)].map(([, args = '']) => args))(
    'does bailiwick %s',
    async (args) => {
      const folder = mkdtempSync(join(demo, 'node_modules/.readmes-'))
      onTestFinished(() => {
        rmSync(folder, { recursive: true })
      })
      const file = join(folder, 'bailiwick.json')
      writeFileSync(file, blockOf(readmeOf('cli'), 'bailiwick.json'))
      const words = args.split(' ').map((word) => (word === 'bailiwick.json' ? file : word))
      const serving = args.startsWith('serve') ? ['--port', '0', '--store', 'memory'] : []
      expect(await runInProcess(...words, ...serving)).toMatchObject({ exitCode: 0 })
    },
  )
})
