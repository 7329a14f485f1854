import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { sayNotChecked } from '../../tests/support/say-not-checked.js'
import { pages, pagesWith } from './support/pages.js'
import { missingFor } from './support/places.js'
import { runPage } from './support/run-page.js'

/** Pages whose commands another test runs, because it also writes what they print. */
const runElsewhere: Readonly<Record<string, string>> = {
  'guides/explain': 'packages/cli/test/explain-docs.test.ts',
}

const pagesToRun = pagesWith('sh', 'console').filter(({ name }) => !(name in runElsewhere))

it.each(Object.entries(runElsewhere))('%s is run by %s', (name, test) => {
  const text = readFileSync(new URL(`../../${test}`, import.meta.url), 'utf8')
  expect(text).toContain(`docs/${name}.md`)
})

// npx starts what it does not find under that name in the registry, and that is somebody else's.
it.each(pages.filter(({ text }) => /^(?:\$ )?npx bailiwick /m.test(text)))(
  '$name has bailiwick installed before npx starts it',
  ({ text }) => {
    const installed = text.search(/npm install [^\n`]*@bailiwick\/cli/)
    expect(installed).toBeGreaterThan(0)
    expect(installed).toBeLessThan(text.search(/^(?:\$ )?npx bailiwick /m))
  },
)

for (const page of pagesToRun) {
  const missing = missingFor(page)
  sayNotChecked(missing === undefined, missing ?? '')
}

it.each(pagesToRun.filter((page) => missingFor(page) === undefined))(
  '$name runs',
  { timeout: 180_000 },
  (page) => runPage(page),
)
