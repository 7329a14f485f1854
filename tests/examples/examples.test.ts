import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const read = (path: string): string =>
  readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

const filesIn = (path: string): readonly string[] =>
  readdirSync(new URL(`../../${path}`, import.meta.url)).map((file) => `${path}/${file}`)

const names = readdirSync(new URL('../../examples', import.meta.url))

interface PackageJson {
  readonly scripts: Readonly<Record<string, string>>
  readonly dependencies: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
}

/** What the sources of an example import, without what comes with Node.js. */
function importsOf(name: string): readonly string[] {
  const folder = `examples/${name}`
  const folders = ['', '/src', '/browser', '/pages'].map((path) => folder + path)
  return folders
    .filter((path) => existsSync(new URL(`../../${path}`, import.meta.url)))
    .flatMap((path) => filesIn(path).filter((file) => /\.tsx?$/.test(file)))
    .flatMap((file) => [...read(file).matchAll(/(?:from|import) '([^']+)'/g)])
    .map(([, specifier = '']) => specifier)
    .filter((specifier) => !/^(?:node:|\.\/|\.\.\/src\/)/.test(specifier))
}

const packageOf = (specifier: string): string =>
  specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')

it.each(names)('docs/guides/examples.md has examples/%s', (name) => {
  expect(read('docs/guides/examples.md')).toContain(`(../../examples/${name}/README.md)`)
})

describe.each(names)('examples/%s', (name) => {
  const { scripts, dependencies, devDependencies } = JSON.parse(
    read(`examples/${name}/package.json`),
  ) as PackageJson

  it('can be copied: it needs nothing that it does not name', () => {
    const declared = { ...dependencies, ...devDependencies }
    expect(importsOf(name).map(packageOf)).not.toEqual([])
    for (const specifier of importsOf(name)) expect(declared).toHaveProperty([packageOf(specifier)])
    expect(read(`examples/${name}/tsconfig.json`)).not.toContain('extends')
  })

  it('can be copied: one replacement makes all versions those of a registry', () => {
    for (const version of Object.values({ ...dependencies, ...devDependencies })) {
      expect(version.replace('workspace:^', 'latest')).toMatch(/^(?:latest|\^[\d.]+)$/)
    }
  })

  it('has a README that says how to start it, and names only what there is', () => {
    const text = read(`examples/${name}/README.md`)
    expect(text).toContain('\nnpm start')
    for (const [, script = ''] of text.matchAll(/npm run ([\w:]+)/g)) {
      expect(scripts).toHaveProperty([script])
    }
  })

  it('has a README that tells the variables it reads', () => {
    const told = [...read(`examples/${name}/README.md`).matchAll(/^\| `([A-Z_]+)`/gm)]
    const sources = filesIn(`examples/${name}/src`).map(read).join('\n')
    const used = [...sources.matchAll(/const \{ (.*) \} = env/g)].flatMap(([, list = '']) => [
      ...list.matchAll(/(?:^|, )([A-Z_]+)/g),
    ])
    expect(new Set(told.map(([, variable]) => variable))).toEqual(
      new Set(used.map(([, variable]) => variable)),
    )
  })
})
