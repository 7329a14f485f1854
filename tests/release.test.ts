import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { execPath } from 'node:process'
import { describe, expect, it, onTestFinished } from 'vitest'

const read = (file: string): Record<string, unknown> =>
  JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>

const folders = readdirSync('packages').map((name) => `packages/${name}`)

it('gives all packages one version', () => {
  const names = folders.map((folder) => String(read(`${folder}/package.json`)['name']))
  expect(read('.changeset/config.json')['fixed']).toEqual([names.toSorted()])
})

describe.each(folders)('%s', (folder) => {
  it('can be published', () => {
    expect(read(`${folder}/package.json`)).toMatchObject({
      description: expect.any(String),
      keywords: expect.arrayContaining(['oauth2']),
      license: 'MIT',
      engines: { node: '>=20.19.0' },
      publishConfig: { access: 'public', provenance: true },
    })
  })
})

describe('.ci/address-packages.mjs', () => {
  const script = resolve('.ci/address-packages.mjs')

  /** Lets a release of a fork begin. */
  function addressed(): string {
    const folder = mkdtempSync(join(tmpdir(), 'bailiwick-release-'))
    onTestFinished(() => {
      rmSync(folder, { recursive: true })
    })
    mkdirSync(join(folder, 'packages/cli'), { recursive: true })
    for (const file of ['packages/cli/package.json', 'packages/cli/README.md']) {
      cpSync(file, join(folder, file))
    }
    const env = {
      GITHUB_SERVER_URL: 'https://git.example.com',
      GITHUB_REPOSITORY: 'somebody/fork',
      GITHUB_SHA: 'c0ffee',
    }
    execFileSync(execPath, [script], { cwd: folder, env })
    return join(folder, 'packages/cli')
  }

  it('names the repository that the workflow runs in, and changes nothing else', () => {
    expect(read(join(addressed(), 'package.json'))).toEqual({
      ...read('packages/cli/package.json'),
      repository: {
        type: 'git',
        url: 'git+https://git.example.com/somebody/fork.git',
        directory: 'packages/cli',
      },
    })
  })

  it('gives links of READMEs an address', () => {
    const readme = readFileSync(join(addressed(), 'README.md'), 'utf8')
    const docs = 'https://git.example.com/somebody/fork/blob/c0ffee/docs'
    expect(readme).toContain(`](${docs}/guides/explain.md)`)
    expect(readme).not.toContain('](..')
  })
})
