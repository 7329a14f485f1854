import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { describeCommands, runElsewhere } from './support/describe-commands.js'
import { pages } from './support/pages.js'

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

describeCommands(({ name }) => !name.startsWith('guides/'))
