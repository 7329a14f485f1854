import type { Browser, Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { overflowOf, violationsOf } from '../support/accessibility.js'
import { describeInBrowser, openAt } from '../support/browser.js'
import { createExplorerWorld, createLargeConfiguration } from '../support/explorer-world.js'

const url = '/explorer?client_id=web&scope=openid+email+invoice.read+invoice.pay&sub=alice'

/** Opens the explorer, and fails the test for whatever the browser complains of, such as what the policy forbids. */
async function openExplorer(
  browser: Browser,
  options: Partial<Parameters<typeof openAt>[2]> & {
    readonly isLarge?: boolean
    readonly url?: string
  } = {},
): Promise<Page> {
  const { isLarge = false, url: at = '/explorer', ...viewport } = options
  const world = createExplorerWorld(isLarge ? createLargeConfiguration() : {})
  const page = await openAt(
    browser,
    { get: world.get, url: at },
    { colorScheme: 'light', width: 1440, ...viewport },
  )
  const complaints: string[] = []
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', ({ message }) => complaints.push(message))
  await page.reload()
  onTestFinished(async () => {
    await page.context().close()
    expect(complaints).toEqual([])
  })
  return page
}

const visibleNames = (page: Page, kind: string): Promise<readonly string[]> =>
  page
    .locator(`.entry[data-kind=${kind}]:visible .entry-name`)
    .evaluateAll((elements) => elements.map((element) => element.textContent))

const relatedNames = (page: Page): Promise<readonly string[]> =>
  page
    .locator('.entry.related .entry-name')
    .evaluateAll((elements) => elements.map((element) => element.textContent))

const linesIn = async (page: Page, selector: string): Promise<number> =>
  (await page.locator(selector).getAttribute('d'))?.match(/M/g)?.length ?? 0

describeInBrowser('the explorer', (browser) => {
  describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
    it.each([390, 820, 1440])('is accessible and fits in %d pixels', async (width) => {
      const page = await openExplorer(browser(), { colorScheme, width, url })
      expect(await violationsOf(page)).toEqual([])
      expect(await overflowOf(page)).toBe(0)
      await page.locator('#apiScopes-1 summary').click()
      expect(await violationsOf(page)).toEqual([])
      expect(await overflowOf(page)).toBe(0)
    })
  })

  it('draws a line for each connection', async () => {
    const page = await openExplorer(browser())
    expect(await linesIn(page, '.edge:not(.chosen)')).toBe(27)
    expect(await linesIn(page, '.edge.chosen')).toBe(0)
  })

  it('draws none where the columns stand below each other', async () => {
    const page = await openExplorer(browser(), { width: 390 })
    expect(await linesIn(page, '.edge:not(.chosen)')).toBe(0)
  })

  it('shows what the entry under the pointer is connected to, and only that', async () => {
    const page = await openExplorer(browser())
    await page.locator('#apiScopes-1 summary').hover()
    expect(await relatedNames(page)).toEqual([
      'web',
      'urn:invoices',
      'urn:bank',
      'department_id',
      'payment_limit',
    ])
    expect(await linesIn(page, '.edge.chosen')).toBe(6)
    await page.locator('h1').hover()
    expect(await relatedNames(page)).toEqual([])
  })

  it('leaves out the APIs that a client may have no tokens for, from either side', async () => {
    const page = await openExplorer(browser())
    await page.locator('#clients-2 summary').hover()
    expect(await relatedNames(page)).toEqual([
      'invoice.read',
      'customer.read',
      'customer.write',
      'urn:customers',
    ])
    await page.locator('#apiResources-0 summary').hover()
    expect(await relatedNames(page)).not.toContain('batch')
  })

  it('can be used with the keyboard alone', async () => {
    const page = await openExplorer(browser())
    await page.locator('#clients-1 summary').focus()
    expect(await relatedNames(page)).toContain('transaction')
    await page.keyboard.press('Enter')
    expect(await page.locator('#clients-1').getAttribute('open')).not.toBeNull()
    await page.keyboard.press('Escape')
    expect(await page.locator('#clients-1').getAttribute('open')).toBeNull()
  })

  it('finds by name what is connected, and says how much', async () => {
    const page = await openExplorer(browser())
    await page.locator('[data-search]').fill('BANK')
    expect(await visibleNames(page, 'api')).toEqual(['urn:bank'])
    expect(await visibleNames(page, 'scope')).toEqual(['invoice.pay', 'transaction'])
    expect(await visibleNames(page, 'client')).toEqual(['web', 'app'])
    expect(await page.locator('[role=status]').textContent()).toBe('6 of 22 entries.')
    await page.locator('[data-search]').fill('nothing like it')
    expect(await page.locator('.entry:visible').count()).toBe(0)
  })

  it('leaves out kinds, and what a client cannot reach', async () => {
    const page = await openExplorer(browser())
    await page.locator('[data-show=claim]').uncheck()
    expect(await visibleNames(page, 'claim')).toEqual([])
    await page.locator('[data-client]').selectOption('clients-2')
    expect(await visibleNames(page, 'api')).toEqual(['urn:customers'])
    expect(await visibleNames(page, 'identity')).toEqual([])
  })

  it('leads from an explanation to an entry, also to one that is filtered away', async () => {
    const page = await openExplorer(browser(), { url })
    await page.locator('[data-search]').fill('employee_info')
    expect(await visibleNames(page, 'api')).toEqual([])
    await page.locator('.decision a[href="#apiResources-2"]').first().click()
    expect(await page.locator('#apiResources-2').getAttribute('open')).not.toBeNull()
    expect(await visibleNames(page, 'api')).toContain('urn:bank')
  })

  it('makes an address of what was filled in, and nothing else', async () => {
    const page = await openExplorer(browser())
    await page.locator('#client_id').selectOption('batch')
    await page.locator('#scope').fill('customer.read')
    await page.locator('button', { hasText: 'Explain' }).click()
    await page.waitForURL(/client_id/)
    const { search, hash } = new URL(page.url())
    expect(search + hash).toBe('?client_id=batch&scope=customer.read#explanation')
    expect(await page.locator('.json').last().textContent()).toContain('"urn:customers"')
  })

  it('suggests the next of several scopes', async () => {
    const page = await openExplorer(browser())
    await page.locator('#scope').fill('openid ')
    const offered = await page
      .locator('#scope-words option')
      .evaluateAll((options) => options.map((option) => option.getAttribute('value')))
    expect(offered).toContain('openid invoice.read')
    expect(offered).not.toContain('openid openid')
  })

  it('works without JavaScript: the form, the explanation and the entries', async () => {
    const page = await openExplorer(browser(), { javaScriptEnabled: false })
    expect(await page.locator('.filters').isVisible()).toBe(false)
    await page.locator('#clients-0 summary').click()
    expect(await page.locator('#clients-0 dl').isVisible()).toBe(true)
    await page.locator('#client_id').selectOption('batch')
    await page.locator('button', { hasText: 'Explain' }).click()
    await page.waitForURL(/client_id=batch/)
    const link = page.locator('.json a').first()
    const target = await link.getAttribute('href')
    await link.click()
    expect(new URL(page.url()).hash).toBe(target)
    expect(await page.locator(target ?? '').isVisible()).toBe(true)
  })

  describe('with five hundred entries', () => {
    it('draws only the lines of one, and brings what belongs to it into sight', async () => {
      const page = await openExplorer(browser(), { isLarge: true })
      expect(await page.locator('.entry').count()).toBe(510)
      expect(await linesIn(page, '.edge:not(.chosen)')).toBe(0)
      expect(await page.locator('[role=status]').textContent()).toContain('Point at one')
      await page.locator('#clients-3 summary').click()
      expect(await linesIn(page, '.edge.chosen')).toBeGreaterThan(4)
      const last = page.locator('.entry[data-kind=scope].related').last()
      await page.waitForFunction(
        (element) => {
          const list = element.closest('ul')?.getBoundingClientRect()
          const { top, bottom } = element.getBoundingClientRect()
          return list !== undefined && bottom <= list.bottom && top >= list.top - 1
        },
        await last.elementHandle(),
      )
    })

    it('finds one of them', async () => {
      const page = await openExplorer(browser(), { isLarge: true })
      await page.locator('[data-search]').fill('area7.action7')
      expect(await visibleNames(page, 'scope')).toContain('area7.action7')
      expect(await visibleNames(page, 'client')).toEqual(['client-6', 'client-56', 'client-106'])
      expect(await linesIn(page, '.edge:not(.chosen)')).toBeGreaterThan(3)
    })

    it.each([390, 820, 1440])('is accessible and fits in %d pixels', async (width) => {
      const page = await openExplorer(browser(), { isLarge: true, width })
      expect(await violationsOf(page)).toEqual([])
      expect(await overflowOf(page)).toBe(0)
    })
  })

  it.each(['light', 'dark'] as const)(
    'tells of a refusal accessibly in %s',
    async (colorScheme) => {
      const refused = '/explorer?client_id=batch&scope=customer.read+other&why_not=urn:invoices'
      const page = await openExplorer(browser(), { colorScheme, url: refused })
      expect(await page.locator('.refused').isVisible()).toBe(true)
      expect(await violationsOf(page)).toEqual([])
    },
  )
})
