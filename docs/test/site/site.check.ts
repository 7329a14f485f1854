import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Listening } from '../../../tests/support/listening.js'
import { overflowOf, violationsOf } from '../../../packages/ui/test/support/accessibility.js'
import { describeInBrowser } from '../../../packages/ui/test/support/browser.js'
import { serveSite, sitePaths } from './serve-site.js'

let site: Listening
beforeAll(async () => {
  site = await serveSite()
})
afterAll(() => {
  site.close()
})

/** Collects what goes wrong in a page, from now on. */
function faultsOf(page: Page): readonly string[] {
  const faults: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text())
  })
  page.on('pageerror', ({ message }) => faults.push(message))
  page.on('requestfailed', (request) => {
    const { errorText = '' } = request.failure() ?? {}
    // Pages that links lead to are loaded in advance, and no longer once the test has gone on.
    if (errorText !== 'net::ERR_ABORTED') faults.push(`${request.url()} ${errorText}`)
  })
  page.on('response', (response) => {
    if (!response.ok()) faults.push(`${response.url()} ${response.status()}`)
  })
  return faults
}

const linksOf = (page: Page): Promise<readonly string[]> =>
  page.$$eval('a[href^="/"]', (links) => links.map((link) => (link as HTMLAnchorElement).pathname))

const phone = { width: 390, height: 844 }
const desk = { width: 1280, height: 900 }

describeInBrowser('the site', (browser) => {
  let page: Page
  beforeAll(async () => {
    page = await browser().newPage({ viewport: desk })
  })
  afterAll(() => page.close())

  it.each(sitePaths)('%s is whole, and fits a desk and a phone', async (path) => {
    await page.setViewportSize(desk)
    const faults = faultsOf(page)
    await page.goto(site.url + path, { waitUntil: 'load' })
    expect(await page.locator('h1').count()).toBe(1)
    expect(await page.title()).toContain('Bailiwick')
    const links = (await linksOf(page)).map(decodeURIComponent)
    expect(links.filter((link) => !sitePaths.includes(link))).toEqual([])
    expect(await overflowOf(page)).toBe(0)
    await page.setViewportSize(phone)
    expect(await overflowOf(page)).toBe(0)
    expect(faults).toEqual([])
    page.removeAllListeners()
  })

  const examples = ['/', '/guides/keys', '/reference/refusals', '/reference/api/@bailiwick/express']
  describe.each(['light', 'dark'] as const)('in %s colours', (colorScheme) => {
    it.each(examples)('%s has enough contrast', async (path) => {
      await page.setViewportSize(desk)
      await page.emulateMedia({ colorScheme })
      await page.goto(site.url + path, { waitUntil: 'load' })
      const violations = await violationsOf(page)
      expect(violations.filter((found) => found.startsWith('color-contrast'))).toEqual([])
    })
  })

  it('finds what the packages export', async () => {
    await page.setViewportSize(desk)
    await page.goto(`${site.url}/guides/keys`, { waitUntil: 'load' })
    // Vue says in this way that the page reacts.
    await page.waitForFunction("'__vue_app__' in document.querySelector('#app')")
    await page.keyboard.press('Control+k')
    await page.locator('#localsearch-input').fill('createAuthorizationServer')
    await page
      .locator('#localsearch-list a[href*="/reference/api/@bailiwick/core"]')
      .first()
      .click()
    await page.waitForURL(/#createauthorizationserver$/)
    expect(await page.locator('#createauthorizationserver').textContent()).toContain(
      'createAuthorizationServer()',
    )
  })
})
