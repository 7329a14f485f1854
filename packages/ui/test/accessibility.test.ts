import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { allPages } from './support/all-pages.js'
import { describeInBrowser, open } from './support/browser.js'

/** What the rules found, in words that a failed test can show. */
async function violationsOf(page: Page): Promise<readonly string[]> {
  const { violations } = await page.evaluate(() => {
    const { axe: loaded } = globalThis as unknown as { readonly axe: typeof axe }
    return loaded.run({ resultTypes: ['violations'] })
  })
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

const overflowOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

describeInBrowser('accessibility', (browser) => {
  describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
    it.each(Object.entries(allPages))(
      'the page %s is accessible and fits',
      async (_, make) => {
        const page = await open(browser(), await make(), { colorScheme, width: 320 })
        // The policy of the pages lets no script element run, so this goes past the document.
        await page.evaluate(axe.source)
        for (const width of [320, 768, 1280]) {
          await page.setViewportSize({ width, height: 900 })
          expect(await violationsOf(page)).toEqual([])
          expect(await overflowOf(page)).toBe(0)
        }
        await page.context().close()
      },
      30_000,
    )
  })
})
