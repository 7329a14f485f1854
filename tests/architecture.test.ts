import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

/** What a package may import: workspace packages, frameworks and libraries. Anything absent is forbidden. */
const packages: Readonly<Record<string, readonly string[]>> = {
  protocol: ['jose'],
  core: ['@bailiwick/protocol', 'jose'],
  node: ['@bailiwick/protocol'],
  express: ['@bailiwick/protocol', '@bailiwick/node', 'express'],
  koa: ['@bailiwick/protocol', '@bailiwick/node', 'koa'],
  fetch: ['@bailiwick/protocol'],
  'api-sdk': [
    '@bailiwick/protocol',
    '@standard-schema/spec',
    'jose',
    'express',
    'koa',
    '@opentelemetry/api',
  ],
  cli: [
    '@bailiwick/protocol',
    '@bailiwick/core',
    '@bailiwick/node',
    '@bailiwick/store-postgres',
    '@bailiwick/store-redis',
    '@bailiwick/store-sqlite',
    '@bailiwick/ui',
    'jiti',
    'jsonc-parser',
    'libsql',
    'pg',
    'proxy-addr',
    'zod',
  ],
  'create-bailiwick': ['@clack/prompts'],
  'store-sqlite': ['@bailiwick/core', 'libsql'],
  'store-postgres': ['@bailiwick/core', 'pg'],
  'store-redis': ['@bailiwick/core', '@redis/client'],
  ui: ['@bailiwick/protocol', '@bailiwick/core', 'preact', 'preact-render-to-string'],
}

/** Which file of the SDK may import which framework or library of types: everything else works without any. */
const frameworkFiles: Readonly<Record<string, string>> = {
  express: 'packages/api-sdk/src/express.ts',
  koa: 'packages/api-sdk/src/koa.ts',
  '@opentelemetry/api': 'packages/api-sdk/src/otel.ts',
}

/** Folders and files of core, lowest first: each may import those above it in this list, never those below. */
const layers = [
  'stores',
  'compatibility',
  'decision',
  'events',
  'unavailable',
  'settling-store',
  'collection',
  'keys',
  'sealing-store',
  'sha256',
  'hash-secret',
  'issuer-url',
  'endpoint-paths',
  'pages',
  'context',
  'http',
  'resources',
  'tokens',
  'client-authentication',
  'grants',
  'authorization',
  'endpoints',
  'memory',
  'explain',
  'options',
  'authorization-server',
  'index',
]

/**
 * The floors of the repository, lowest first: what is on one, tests too, may import files of its own and of those before it
 * in this list. Documentation, examples and demo are made of packages; no package knows them.
 */
const floors = ['tests/support', 'packages', 'examples', 'bench', 'apps', 'docs', 'tests']

const importsOf = (file: string): readonly string[] =>
  [...readFileSync(file, 'utf8').matchAll(/(?:from|import) '([^']+)'/g)].map(
    ([, specifier]) => specifier ?? '',
  )

const sources = (name: string): readonly string[] =>
  readdirSync(`packages/${name}/src`, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => `packages/${name}/src/${file}`)

const notOurs = new Set(['node_modules', 'dist', 'cache'])

/** The TypeScript below a folder, without what is installed or made there. */
const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return notOurs.has(entry.name) ? [] : filesBelow(path)
    return /\.tsx?$/.test(path) ? [path] : []
  })

const floorOf = (file: string): number => floors.findIndex((floor) => file.startsWith(`${floor}/`))

const layerOf = (file: string): number =>
  layers.indexOf(
    relative('packages/core/src', file)
      .split('/')[0]
      ?.replace(/\.[jt]s$/, '') ?? '',
  )

it('knows every package', () => {
  expect(readdirSync('packages').toSorted()).toEqual(Object.keys(packages).toSorted())
})

it.each(['packages', 'examples', 'bench', 'apps', 'docs', 'tests'])(
  'the files of %s import none of a floor above theirs',
  (folder) => {
    const files = filesBelow(folder)
    expect(files.length).toBeGreaterThan(5)
    const arrows = files.flatMap((file) =>
      importsOf(file)
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => ({ file, target: join(dirname(file), specifier) })),
    )
    expect(arrows.filter(({ file, target }) => floorOf(target) > floorOf(file))).toEqual([])
  },
)

describe.each(Object.entries(packages))('package %s', (name, allowed) => {
  it.each(sources(name))('%s stays in its package', (file) => {
    const outside = importsOf(file).filter(
      (specifier) =>
        specifier.startsWith('.') &&
        !join(dirname(file), specifier).startsWith(`packages/${name}/`),
    )
    expect(outside).toEqual([])
  })

  it.each(sources(name))('%s imports only what it may', (file) => {
    const foreign = importsOf(file).filter((specifier) => !/^(?:\.|node:)/.test(specifier))
    expect(
      foreign.filter(
        (specifier) =>
          !allowed.some((entry) => specifier === entry || specifier.startsWith(`${entry}/`)),
      ),
    ).toEqual([])
  })
})

describe('api-sdk', () => {
  it.each(sources('api-sdk'))('%s imports a framework only in its adapter', (file) => {
    const frameworks = importsOf(file).filter((specifier) => specifier in frameworkFiles)
    expect(frameworks.filter((framework) => frameworkFiles[framework] !== file)).toEqual([])
  })

  const isForTests = (file: string): boolean => /\/src\/testing(?:\/|\.ts$)/.test(file)

  it.each(sources('api-sdk').filter((file) => !isForTests(file)))(
    '%s takes nothing from the entry that tests of users are written with',
    (file) => {
      const targets = importsOf(file).map((specifier) => join(dirname(file), specifier))
      expect(targets.filter((target) => /\/src\/testing(?:\/|\.js$)/.test(target))).toEqual([])
    },
  )
})

describe('layers of core', () => {
  it.each(sources('core'))('%s imports downwards', (file) => {
    const upwards = importsOf(file).filter(
      (specifier) =>
        specifier.startsWith('.') && layerOf(join(dirname(file), specifier)) > layerOf(file),
    )
    expect(upwards).toEqual([])
    expect(layerOf(file)).toBeGreaterThanOrEqual(0)
  })
})
