import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { rewriteBlocks, subjectsOf } from '../../tests/support/rewrite-blocks.js'
import { writeContents } from '../../tests/support/write-contents.js'
import { eventNames, writeEventBlock } from '../generate/event-block.js'

const path = fileURLToPath(new URL('../reference/events.md', import.meta.url))
const page = readFileSync(path, 'utf8')

// `pnpm docs:reference` rewrites the page with what is expected here.
describe('docs/reference/events.md', () => {
  it('says what the types and their docstrings say', async () => {
    const written = writeContents(rewriteBlocks(page, 'event', writeEventBlock))
    await expect(written).toMatchFileSnapshot(path)
  })

  it('tells of every event, and what to do with it', () => {
    const events = ['ServerEvent', 'ResourceServerEvent'].flatMap((union) =>
      eventNames(union).map((name) => `${union} ${name}`),
    )
    expect(events.length).toBeGreaterThan(20)
    expect(subjectsOf(page, 'event').toSorted()).toEqual(events.toSorted())
    for (const section of page.split(/^### /m).slice(1)) {
      const [, name] = /^`(\w+)`/.exec(section) ?? []
      expect(subjectsOf(section, 'event').map((subject) => subject.split(' ')[1])).toEqual([name])
      expect(section).toContain('**What to do with it**')
    }
  })
})
