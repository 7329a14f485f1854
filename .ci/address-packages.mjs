// Writes into every package where it comes from. npm accepts a provenance statement only if `repository` is the one that
// the statement names, that is the one in which the workflow runs. So it is no line in each package.json, which a fork
// would publish as it is, but comes from the run. Links of a README lead out of the package: on npm they need an address.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { env } from 'node:process'

const { GITHUB_SERVER_URL: host, GITHUB_REPOSITORY: name, GITHUB_SHA: commit } = env
if (!host || !name || !commit) throw new Error('this is for the release workflow')

const change = (file, edit) => writeFileSync(file, edit(readFileSync(file, 'utf8')))

for (const folder of readdirSync('packages')) {
  const directory = `packages/${folder}`
  const repository = { type: 'git', url: `git+${host}/${name}.git`, directory }

  change(`${directory}/package.json`, (text) =>
    JSON.stringify({ ...JSON.parse(text), repository }, undefined, 2),
  )
  change(`${directory}/README.md`, (text) =>
    text.replaceAll(/\]\((?![a-z]+:|#)([^)]+)\)/g, (_, path) => {
      const target = new URL(path, `${host}/${name}/blob/${commit}/${directory}/`)
      return `](${target.href})`
    }),
  )
}
