import { execFile, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { sayNotChecked } from '../../../../tests/support/say-not-checked.js'
import { askWorkerd } from './ask-workerd.js'
import { installBinaries } from './install-binaries.js'
import { caseNames } from './suite.js'
import type { Report } from './suite.js'

const here = fileURLToPath(new URL('.', import.meta.url))
const modules = installBinaries()
const denoFlags = ['run', '--node-modules-dir=manual', '--no-lock', '--cached-only', '--no-prompt']

interface Runtime {
  readonly name: string
  /** Where its binary is among the packages of `binaries/package.json`. */
  readonly binary: string
  readonly run: (binary: string) => Promise<string>
}

const runWith =
  (...flags: readonly string[]): Runtime['run'] =>
  async (binary) => {
    const { stdout } = await promisify(execFile)(binary, [...flags, 'dist/on-process.js'], {
      cwd: here,
    })
    return stdout
  }

const runtimes: readonly Runtime[] = [
  { name: 'Node.js 20', binary: 'node-20/bin/node', run: runWith() },
  { name: 'Node.js 22', binary: 'node-22/bin/node', run: runWith() },
  { name: 'Node.js 24', binary: 'node-24/bin/node', run: runWith() },
  { name: 'Node.js 26', binary: 'node-26/bin/node', run: runWith() },
  { name: 'Bun', binary: '@oven/bun-linux-x64/bin/bun', run: runWith('run') },
  { name: 'Deno', binary: '@deno/linux-x64-glibc/deno', run: runWith(...denoFlags) },
  {
    name: 'workerd',
    binary: '@cloudflare/workerd-linux-64/bin/workerd',
    run: (binary) => askWorkerd(binary, join(here, 'workerd.capnp')),
  },
]

const esbuild = join(modules, 'esbuild/bin/esbuild')

function bundle(entry: string, ...flags: readonly string[]): void {
  const common = ['--bundle', '--format=esm', '--outdir=dist', '--log-level=warning']
  const { status } = spawnSync(execPath, [esbuild, entry, ...common, ...flags], {
    cwd: here,
    stdio: 'inherit',
  })
  if (status !== 0) throw new Error(`${entry} could not be bundled`)
}

if (existsSync(esbuild)) {
  bundle('on-process.ts', '--platform=node', '--packages=external')
  // Workers are bundled by whoever deploys them.
  bundle('on-workerd.ts', '--conditions=workerd', '--external:node:*')
}

const everythingPassed: Report = Object.fromEntries(caseNames.map((name) => [name, 'passed']))

describe.each(runtimes)('$name', ({ name, binary, run }) => {
  const path = join(modules, binary)
  const isThere = existsSync(esbuild) && existsSync(path)
  sayNotChecked(isThere, name)
  it.runIf(isThere)('runs the packages as they are built', async () => {
    expect(JSON.parse(await run(path))).toEqual(everythingPassed)
  })
})
