import { readFileSync, writeFileSync } from 'node:fs'
import { env } from 'node:process'
import { expect, it } from 'vitest'
import { describeInBrowser, openAt } from '../support/browser.js'
import { createExplorerWorld } from '../support/explorer-world.js'

const pictures = [
  { colorScheme: 'light', name: 'resource-explorer.png' },
  { colorScheme: 'dark', name: 'resource-explorer-dark.png' },
] as const
const url =
  '/explorer?client_id=web&scope=openid+email+invoice.read+invoice.pay+offline_access&sub=alice#explanation'

/** The width of a PNG, which stands in its first chunk. */
const widthOf = (png: Buffer): number => png.readUInt32BE(16)

describeInBrowser('the pictures of docs/guides/explorer.md', (browser) => {
  const title = '$name is one of the explorer, and BAILIWICK_WRITE_IMAGES=1 takes it again'
  it.each(pictures)(title, async ({ colorScheme, name }) => {
    const file = new URL(`../../../../docs/images/${name}`, import.meta.url)
    const page = await openAt(
      browser(),
      { get: createExplorerWorld().get, url },
      { colorScheme, width: 1440 },
    )
    await page.setViewportSize({ width: 1440, height: 1540 })
    await page.evaluate(() => {
      scrollTo(0, 0)
      // A gradient does not compress well.
      document.body.style.backgroundImage = 'none'
    })
    await page.locator('#apiScopes-1 summary').hover()
    const png = await page.screenshot({ animations: 'disabled' })
    await page.context().close()
    if (env['BAILIWICK_WRITE_IMAGES'] !== undefined) writeFileSync(file, png)
    const kept = readFileSync(file)
    expect(widthOf(kept)).toBe(widthOf(png))
    expect(kept.length).toBeLessThan(300_000)
  })
})
