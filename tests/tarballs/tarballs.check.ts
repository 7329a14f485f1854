import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { env, execPath } from 'node:process'
import { promisify } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'
import { installBinaries } from '../../packages/api-sdk/test/runtimes/install-binaries.js'
import { startProject } from '../../packages/create-bailiwick/test/support/start-project.js'
import { sayNotChecked } from '../support/say-not-checked.js'
import { installTarballs } from './install-tarballs.js'

const consumer = installTarballs()
const { folder, manifests, folderOf } = consumer
afterAll(() => {
  rmSync(folder, { recursive: true })
})

/** Runs a program in the project that uses the packages, without what Node.js is told here. */
async function run(program: string, ...args: readonly string[]): Promise<string> {
  const { NODE_OPTIONS: _, ...clean } = env
  const { stdout } = await promisify(execFile)(program, args, { cwd: folder, env: clean })
  return stdout
}

const compiler = join(folder, 'node_modules/typescript/bin/tsc')

/** Compiles the programs, and tells what is wrong with them or with the types of the packages. */
async function compile(...flags: readonly string[]): Promise<readonly string[]> {
  const options = ['--target', 'es2023', '--strict', '--skipLibCheck', 'false', '--types', 'node']
  const files = ['every-entry.ts', 'flow.ts']
  const said = await run(execPath, compiler, ...files, ...options, ...flags).catch(
    (error: { stdout: string }) => error.stdout,
  )
  // @types/koa reads the types of the content-disposition that Express has, where npm puts both side by side.
  const isOfOthers = (line: string) => line.startsWith('node_modules/@types/koa/')
  return said.split('\n').filter((line) => line !== '' && !isOfOthers(line))
}

const publicEntries = manifests
  .flatMap(({ name, exports }) => Object.keys(exports).map((entry) => name + entry.slice(1)))
  .filter((entry) => !entry.endsWith('.json'))

describe.each(manifests)('$name', ({ name, version, dependencies = {}, devDependencies = {} }) => {
  const root = folderOf(name)

  it('holds what it needs and nothing of this workspace', () => {
    expect(readdirSync(root)).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'dist']))
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
    expect(files.filter((file) => /\.tsbuildinfo$|^(?:test|node_modules)\b/.test(file))).toEqual([])
    const maps = files.filter((file) => file.endsWith('.map'))
    const sources = maps.flatMap((file) => {
      const { sources: names } = Object(JSON.parse(readFileSync(join(root, file), 'utf8')))
      return (names as string[]).map((source) => join(root, file, '..', source))
    })
    expect(sources.filter((source) => !source.startsWith(root) || !existsSync(source))).toEqual([])
  })

  it('depends on the packages that were published with it', () => {
    const ours = Object.entries({ ...dependencies, ...devDependencies }).filter(([dependency]) =>
      manifests.some((manifest) => manifest.name === dependency),
    )
    expect(ours.filter(([, range]) => range !== `^${version}`)).toEqual([])
  })
})

// What comes of the first is what runs below.
const complaints = {
  nodenext: await compile('--module', 'nodenext', '--outDir', 'dist'),
  bundler: await compile('--module', 'preserve', '--moduleResolution', 'bundler', '--noEmit'),
}

it.each(Object.entries(complaints))('compiles with moduleResolution %s', (_name, found) => {
  expect(found).toEqual([])
})

it('uses every entry', () => {
  const text = readFileSync(join(folder, 'every-entry.ts'), 'utf8')
  const used = [...text.matchAll(/ from '([^']+)'/g)].map(([, entry = '']) => entry)
  expect(used.toSorted()).toEqual(publicEntries.toSorted())
})

const binaries = installBinaries()

describe.each(['20', '22', '24', '26'])('Node.js %s', (release) => {
  const node = join(binaries, `node-${release}/bin/node`)
  const isThere = existsSync(node)
  sayNotChecked(isThere, `Node.js ${release}`)

  it.runIf(isThere)('imports every entry', async () => {
    expect(await run(node, 'dist/every-entry.js')).toBe(`${publicEntries.length}\n`)
  })

  it.runIf(isThere)('runs a server, an API and a client', async () => {
    const answers: unknown = JSON.parse(await run(node, 'dist/flow.js'))
    const answered = ['200 "batch"', '403 ', '401']
    expect(answers).toEqual({
      express: answered,
      koa: answered,
      fetch: answered,
      people: ['200', 'true'],
    })
  })
})

it('has a program that looks at a configuration', async () => {
  const configuration = { issuer: 'http://127.0.0.1:5001', apiScopes: ['read'], clients: [] }
  writeFileSync(join(folder, 'bailiwick.json'), JSON.stringify(configuration))
  const bailiwick = join(folder, 'node_modules/.bin/bailiwick')
  // It has found something, and ends with 1.
  await expect(run(bailiwick, 'lint', '--config', 'bailiwick.json')).rejects.toMatchObject({
    stdout: expect.stringContaining('unreachable-scope'),
  })
  expect(await run(bailiwick, '--version')).toBe(`${manifests[0]?.version}\n`)
})

it('writes a project that starts with the packages', async () => {
  const create = join(folder, 'node_modules/.bin/create-bailiwick')
  await run(create, 'app', '--framework', 'express', '--callers', 'machines')
  const project = join(folder, 'app')
  await run(execPath, compiler, '-p', project)
  const { dependencies } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>
  }
  for (const { name, version } of manifests) {
    expect([undefined, `^${version}`]).toContain(dependencies[name])
  }
  const { output, interrupt } = await startProject(project)
  await interrupt()
  expect(output).toContain('200 {"subject":"batch"')
})
