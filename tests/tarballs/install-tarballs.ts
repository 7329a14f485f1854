import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What the tests read of the package.json of a package. */
interface Manifest {
  readonly name: string
  readonly version: string
  readonly license: string
  readonly exports: Readonly<Record<string, unknown>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

/** A project outside of the workspace, into which npm has installed every package as it is published. */
export interface Consumer {
  readonly folder: string
  readonly manifests: readonly Manifest[]
  /** Where the files of a package are. */
  readonly folderOf: (name: string) => string
}

const programs = fileURLToPath(new URL('./consumer', import.meta.url))

const readManifest = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest

const workspace = fileURLToPath(new URL('../..', import.meta.url))

/** What else the programs use: of the versions that `npm create bailiwick` writes, and what an entry has as its peer. */
function otherDependencies(): Readonly<Record<string, string>> {
  const { devDependencies } = readManifest(join(workspace, 'packages/api-sdk'))
  return { '@opentelemetry/api': devDependencies?.['@opentelemetry/api'] ?? '' }
}

/** Packs every package, and installs them with npm. */
export function installTarballs(): Consumer {
  const folder = mkdtempSync(join(tmpdir(), 'bailiwick-tarballs-'))
  const tarballs = join(folder, 'tarballs')
  mkdirSync(tarballs)
  const pack = ['--recursive', '--filter', './packages/*', 'pack', '--pack-destination', tarballs]
  execFileSync('pnpm', pack, { cwd: workspace, stdio: 'ignore' })

  const unpack = (tarball: string): Manifest =>
    JSON.parse(
      execFileSync('tar', ['-xOf', join(tarballs, tarball), 'package/package.json'], {
        encoding: 'utf8',
      }),
    ) as Manifest
  const packed = readdirSync(tarballs).map((tarball) => ({ tarball, ...unpack(tarball) }))
  const creator = packed.find(({ name }) => name === 'create-bailiwick')
  const dependencies = {
    ...creator?.devDependencies,
    ...otherDependencies(),
    ...Object.fromEntries(packed.map(({ name, tarball }) => [name, `file:tarballs/${tarball}`])),
  }
  const manifest = { name: 'consumer', private: true, type: 'module', dependencies }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline'], {
    cwd: folder,
    stdio: 'inherit',
  })
  cpSync(programs, folder, { recursive: true })
  return { folder, manifests: packed, folderOf: (name) => join(folder, 'node_modules', name) }
}
