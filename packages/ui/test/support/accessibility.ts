import axe from 'axe-core'
import type { Page } from 'playwright-core'

/** What the rules found, in words that a failed test can show. */
export async function violationsOf(page: Page): Promise<readonly string[]> {
  // The policy of the pages lets no script element run, so this goes past the document.
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate(() => {
    const { axe: loaded } = globalThis as unknown as { readonly axe: typeof axe }
    return loaded.run({ resultTypes: ['violations'] })
  })
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

/** By how many pixels the page is wider than its window. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
