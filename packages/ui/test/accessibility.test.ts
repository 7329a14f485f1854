import { describe, expect, it } from 'vitest'
import { overflowOf, violationsOf } from './support/accessibility.js'
import { allPages } from './support/all-pages.js'
import { describeInBrowser, open } from './support/browser.js'

describeInBrowser('accessibility', (browser) => {
  describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
    it.each(Object.entries(allPages))(
      'the page %s is accessible and fits',
      async (_, make) => {
        const page = await open(browser(), await make(), { colorScheme, width: 320 })
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
