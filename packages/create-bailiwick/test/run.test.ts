import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterAll, describe, expect, it } from 'vitest'
import { run } from '../src/run.js'
import { removeFolder, temporaryFolder } from './support/temporary-folder.js'

const parent = temporaryFolder()
afterAll(() => {
  removeFolder(parent)
})

let projects = 0
const newFolder = (): string => join(parent, String((projects += 1)))

/** What is typed when a question has been read. */
interface Typist {
  readonly [question: string]: string
}

async function runWith(args: readonly string[], keys?: Typist) {
  const terminal = { isTTY: keys !== undefined, setRawMode: () => {} }
  const stdin = Object.assign(new PassThrough(), terminal)
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const pending = new Map(Object.entries(keys ?? {}))
  let seen = ''
  stdout.on('data', (part) => {
    seen += String(part)
    for (const [question, key] of pending) {
      if (!seen.includes(question)) continue
      pending.delete(question)
      // The question is written before its answer is listened for.
      setImmediate(() => stdin.write(key))
    }
  })
  const errors = text(stderr)
  const exitCode = await run(args, { stdin, stdout, stderr })
  stderr.end()
  return { exitCode, stdout: seen, stderr: await errors }
}

const textOf = (folder: string, file: string) => readFileSync(join(folder, file), 'utf8')

describe('npm create bailiwick', () => {
  it('needs no terminal where everything is said', async () => {
    const folder = newFolder()
    const args = [folder, '--framework', 'koa', '--callers', 'machines']
    const { exitCode, stdout, stderr } = await runWith(args)
    expect([exitCode, stderr]).toEqual([0, ''])
    expect(stdout).toContain(`cd ${folder}\n  npm install\n  npm start`)
    expect(readdirSync(folder).toSorted()).toEqual(
      [
        '.env',
        '.gitignore',
        'README.md',
        'package.json',
        'src',
        'test',
        'tsconfig.json',
      ].toSorted(),
    )
    expect(textOf(folder, '.gitignore')).toMatch(/^\.env$/m)
    expect(JSON.parse(textOf(folder, 'package.json'))).toMatchObject({
      name: basename(folder),
      private: true,
    })
  })

  it('takes defaults for what --yes leaves open', async () => {
    const folder = newFolder()
    expect((await runWith([folder, '--yes'])).exitCode).toBe(0)
    expect(textOf(folder, 'src/client.ts')).toContain(`from 'express'`)
  })

  it('asks for what is not said', async () => {
    const folder = newFolder()
    const down = '\u001B[B'
    const { exitCode } = await runWith([], {
      'In which folder?': `${folder}\r`,
      'On which framework?': `${down}${down}\r`,
      'Who calls your API?': `${down}\r`,
    })
    expect(exitCode).toBe(0)
    expect(textOf(folder, 'src/api.ts')).toContain(`from 'hono'`)
    expect(existsSync(join(folder, 'src/users.ts'))).toBe(false)
  })

  it('asks nothing twice', async () => {
    const folder = newFolder()
    const { exitCode, stdout } = await runWith([folder, '--framework', 'koa'], {
      'Who calls your API?': '\r',
    })
    expect(exitCode).toBe(0)
    expect(stdout).not.toContain('On which framework?')
  })

  it('writes nothing after Ctrl+C', async () => {
    const folder = newFolder()
    const { exitCode, stderr } = await runWith([folder], { 'On which framework?': '\u0003' })
    expect([exitCode, stderr]).toEqual([1, 'Cancelled: nothing was written.\n'])
    expect(existsSync(folder)).toBe(false)
  })

  it('leaves a folder alone that has something in it', async () => {
    const folder = newFolder()
    mkdirSync(folder)
    writeFileSync(join(folder, 'mine.txt'), '')
    const { exitCode, stderr } = await runWith([folder, '--yes'])
    expect(exitCode).toBe(1)
    expect(stderr).toBe(`${folder} is not empty: choose another folder. Nothing was written.\n`)
    expect(readdirSync(folder)).toEqual(['mine.txt'])
  })

  it('says so where a file is in the place of the folder', async () => {
    const folder = newFolder()
    writeFileSync(folder, '')
    const { exitCode, stderr } = await runWith([folder, '--yes'])
    expect([exitCode, stderr]).toEqual([1, `${folder} is no folder. Nothing was written.\n`])
  })

  it('says why it cannot write', async () => {
    const file = newFolder()
    writeFileSync(file, '')
    const folder = join(file, 'app')
    const { exitCode, stderr } = await runWith([folder, '--yes'])
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(/^.+app cannot be written: ENOTDIR: .*\n$/)
  })

  it.each([
    ['my app', `cd '%s/my app'`],
    [`it's; $(date)`, String.raw`cd '%s/it'\''s; $(date)'`],
  ])('says how to get into %j', async (name, command) => {
    const folder = newFolder()
    const { exitCode, stdout } = await runWith([join(folder, name), '--yes'])
    expect(exitCode).toBe(0)
    expect(stdout).toContain(`\n  ${command.replace('%s', folder)}\n`)
  })

  it('writes into an empty repository', async () => {
    const folder = newFolder()
    mkdirSync(join(folder, '.git'), { recursive: true })
    expect((await runWith([folder, '--yes'])).exitCode).toBe(0)
  })

  it.each([
    [['--framework', 'rails'], `--framework is express or koa or hono, and not 'rails'`],
    [['--callers', 'dogs'], `--callers is people or machines, and not 'dogs'`],
    [['--framwork', 'koa'], `Unknown option '--framwork'`],
    [['--framework'], `Option '--framework <value>' argument missing`],
    [['one', 'two'], `'two' is one folder too many`],
    [[''], 'the name of the folder is empty'],
    [['app', '--framework', 'koa'], 'there is no terminal to ask at: give a folder,'],
  ])('does not take %j', async (args, complaint) => {
    const { exitCode, stderr } = await runWith(args)
    expect(exitCode).toBe(2)
    expect(stderr).toContain(`create-bailiwick: ${complaint}`)
    expect(stderr).toContain('Usage: npm create bailiwick')
  })

  it.each([
    ['--help', /^Usage: npm create bailiwick/],
    ['-h', /^Usage: npm create bailiwick/],
    ['--version', /^\d+\.\d+\.\d+\n$/],
  ])('answers %s', async (option, answer) => {
    const { exitCode, stdout } = await runWith([option])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(answer)
  })
})
