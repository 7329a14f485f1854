import { basename, resolve } from 'node:path'
import type { Choices } from './choices.js'
import { layersOf } from './layers.js'
import { readOwnManifest } from './own-manifest.js'

type Versions = Readonly<Record<string, string>>

/** The name of the folder, in what npm takes for a name. */
const nameOf = (folder: string): string =>
  basename(resolve(folder))
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '') || 'my-bailiwick'

function versionsOf(names: readonly string[], versions: Versions): Versions {
  return Object.fromEntries(
    names.toSorted().map((name) => {
      const version = versions[name]
      if (version === undefined) throw new Error(`no version of ${name} is known`)
      return [name, version]
    }),
  )
}

/** The package.json of a project. */
export function projectManifest(choices: Choices): string {
  const { devDependencies: versions } = readOwnManifest()
  const layers = layersOf(choices)
  const manifest = {
    name: nameOf(choices.folder),
    private: true,
    type: 'module',
    scripts: {
      start: 'tsx --env-file=.env src/main.ts',
      dev: 'tsx watch --env-file=.env src/main.ts',
      test: 'node --import=tsx --test test/api.test.ts',
      typecheck: 'tsc',
    },
    dependencies: versionsOf(
      layers.flatMap(({ dependencies }) => dependencies),
      versions,
    ),
    devDependencies: versionsOf(
      layers.flatMap(({ devDependencies }) => devDependencies),
      versions,
    ),
    engines: { node: '>=20.19.0' },
  }
  return `${JSON.stringify(manifest, undefined, 2)}\n`
}
