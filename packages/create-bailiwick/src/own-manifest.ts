import { readFileSync } from 'node:fs'

/** What the package.json of this package says. */
interface OwnManifest {
  readonly version: string
  readonly devDependencies: Readonly<Record<string, string>>
}

/**
 * Reads the package.json of this package. Its devDependencies are the packages that the templates are compiled and tested
 * with: whoever writes a project takes the versions from there, so that it gets those and no others.
 */
export function readOwnManifest(): OwnManifest {
  // Not imported: Node.js 20 warns that it imports JSON as an experiment.
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it is ours
  return JSON.parse(text) as OwnManifest
}
