import { mkdirSync } from 'node:fs'
import { env } from 'node:process'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startDemo } from '../src/demo.js'
import type { Demo } from '../src/demo.js'
import { chromiumPath, launchChromium } from '../../../tests/support/chromium.js'
import { sayNotChecked } from '../../../tests/support/say-not-checked.js'

/** Where pictures of the pages go, if anywhere. */
const pictures = env['BAILIWICK_PICTURES']

async function picture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return
  mkdirSync(pictures, { recursive: true })
  for (const [scheme, width] of [
    ['light', 1280],
    ['dark', 390],
  ] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    await page.setViewportSize({ width, height: 800 })
    await page.screenshot({ path: `${pictures}/${name}-${scheme}-${width}.png`, fullPage: true })
  }
}

const textOf = async (page: Page, selector: string): Promise<string> =>
  (await page.locator(selector).allInnerTexts()).join('\n')

async function signIn(page: Page, { web }: Demo['origins'], password = 'alice'): Promise<void> {
  await page.goto(web)
  await page.getByRole('link', { name: 'Sign in' }).click()
  await page.locator('[name=username]').fill('alice')
  await page.locator('[name=password]').fill(password)
  await page.locator('form button').first().click()
}

const allow = (page: Page): Promise<void> =>
  page.locator('button[name=decision][value=allow]').click()

sayNotChecked(
  chromiumPath !== undefined,
  'Chromium to drive the web client with: set CHROMIUM_PATH',
)

describe.runIf(chromiumPath !== undefined)('the web client, in a browser', () => {
  let demo: Demo
  let chromium: Browser
  beforeAll(async () => {
    demo = await startDemo({ ports: { identity: 0, invoice: 0, customer: 0, web: 0 } })
    chromium = await launchChromium()
  }, 60_000)
  afterAll(async () => {
    await chromium.close()
    await demo.stop()
  })

  /** A browser that nobody has used before, without JavaScript: no page here needs any. */
  const freshPage = async (): Promise<Page> =>
    (await chromium.newContext({ javaScriptEnabled: false })).newPage()

  it('signs in, gets one token for each API, calls both and signs out', async () => {
    const page = await freshPage()
    await page.goto(demo.origins.web)
    await picture(page, 'client-signed-out')

    await page.getByRole('link', { name: 'Sign in' }).click()
    expect(page.url()).toContain(`${demo.origins.identity}/interaction/`)
    await picture(page, 'sign-in')
    await signIn(page, demo.origins, 'wrong')
    expect(await textOf(page, 'main')).toMatch(/wrong/i)
    await picture(page, 'sign-in-wrong')

    await signIn(page, demo.origins)
    const consent = await textOf(page, 'main')
    for (const shown of ['The Bailiwick tour', 'Read invoices', 'Customers', 'Your employment']) {
      expect(consent).toContain(shown)
    }
    await picture(page, 'consent')
    await allow(page)

    expect(page.url()).toBe(`${demo.origins.web}/`)
    const tokens = await textOf(page, 'pre')
    expect(tokens).toContain('"email": "alice@example.com"')
    expect(tokens).toContain('"department": "finance"')
    expect(tokens).toContain('"aud": "urn:customers"')
    expect(tokens).not.toContain('"aud": "urn:invoices"')

    for (const resource of ['urn:invoices', 'urn:customers']) {
      await page.getByRole('button', { name: `Get a token for ${resource}` }).click()
    }
    expect(await textOf(page, 'pre')).toContain('"aud": "urn:invoices"')
    await page.getByRole('button', { name: 'Call both APIs' }).click()
    await picture(page, 'client-signed-in')
    const rows = await page.locator('tbody tr').allInnerTexts()
    expect(rows.map((row) => row.split('\t').slice(0, 3))).toEqual([
      ['urn:invoices', 'Invoices', '200'],
      ['urn:invoices', 'Customers', '401'],
      ['urn:customers', 'Invoices', '401'],
      ['urn:customers', 'Customers', '200'],
    ])
    expect(rows[1]).toContain('error="invalid_token"')

    await page.getByRole('button', { name: 'Get a token for urn:nobody' }).click()
    expect(await textOf(page, '[role=alert]')).toContain('invalid_target')
    await picture(page, 'client-refused')

    await page.goto(`${demo.origins.identity}/grants`)
    expect(await textOf(page, 'main')).toContain('The Bailiwick tour')
    await picture(page, 'grants')
    await page.locator('form button').first().click()
    expect(await textOf(page, 'main')).not.toContain('Read invoices')
    await picture(page, 'grants-empty')

    await page.goto(demo.origins.web)
    await page.getByRole('button', { name: 'Sign out' }).click()
    expect(page.url()).toBe(`${demo.origins.web}/`)
    expect(await textOf(page, 'main')).toContain('You sign in at the identity server')
    await page.getByRole('link', { name: 'Sign in' }).click()
    expect(await page.locator('[name=password]').count()).toBe(1)
  }, 60_000)

  it('is told when the user refuses', async () => {
    const page = await freshPage()
    await signIn(page, demo.origins)
    await page.locator('button[name=decision][value=deny]').click()
    expect(await textOf(page, '[role=alert]')).toContain('access_denied')
  }, 60_000)

  it('gets only what is ticked', async () => {
    const page = await freshPage()
    await signIn(page, demo.origins)
    await page.locator('input[type=checkbox][value="email"]').uncheck()
    await page.locator('input[type=checkbox][value="invoice.pay"]').uncheck()
    await allow(page)
    const tokens = await textOf(page, 'pre')
    expect(tokens).not.toContain('alice@example.com')
    await page.getByRole('button', { name: 'Get a token for urn:invoices' }).click()
    expect(await textOf(page, 'pre')).toContain('"scope": "invoice.read offline_access"')
  }, 60_000)

  it('is shown a clear page for every detour, and never lets anyone in by one', async () => {
    const page = await freshPage()
    await page.goto(demo.origins.web)
    await page.getByRole('link', { name: 'Sign in' }).click()
    const interaction = page.url()

    // A form that was tampered with.
    await page.locator('[name=username]').fill('alice')
    await page.locator('[name=password]').fill('alice')
    const form = await page
      .locator('form')
      .first()
      .evaluate((element) => {
        const field = element.querySelector<HTMLInputElement>('input[type=hidden]')
        if (field !== null) field.value = 'forged'
        return element.outerHTML
      })
    expect(form).toContain('forged')
    const forged = page.waitForResponse((response) => response.request().method() === 'POST')
    await page.locator('form button').first().click()
    expect((await forged).status()).toBe(403)
    await picture(page, 'tampered')

    // The page of somebody else.
    const stranger = await freshPage()
    const strange = await stranger.goto(interaction)
    expect(strange?.status()).toBe(400)
    expect(await stranger.locator('[name=password]').count()).toBe(0)
    await picture(stranger, 'another-browser')

    // Back to pages that were answered.
    await signIn(page, demo.origins)
    const consent = page.url()
    expect(await textOf(page, 'main')).toContain('Read invoices')
    await allow(page)
    const used = await page.goto(consent)
    expect(used?.status()).toBe(400)
    expect(await page.locator('form').count()).toBe(0)
    await picture(page, 'no-longer-valid')

    // A request that no client is known for.
    const unknown = await page.goto(`${demo.origins.identity}/authorize?client_id=nobody`)
    expect(unknown?.status()).toBe(400)
    expect(await textOf(page, 'main')).toContain('client_id')
    await picture(page, 'error')
  }, 60_000)

  it('is asked before somebody is signed out who was not meant', async () => {
    const page = await freshPage()
    await signIn(page, demo.origins)
    await allow(page)
    await page.goto(`${demo.origins.identity}/end_session`)
    await picture(page, 'sign-out')
    await page.locator('form button').first().click()
    expect(await textOf(page, 'main')).toMatch(/signed out/i)
    await picture(page, 'signed-out')
    await page.goto(`${demo.origins.identity}/grants`)
    expect(await page.locator('[name=password]').count()).toBe(1)
  }, 60_000)

  it('limits how often a password may be guessed', async () => {
    const page = await freshPage()
    await page.goto(demo.origins.web)
    await page.getByRole('link', { name: 'Sign in' }).click()
    const guess = async (): Promise<number> => {
      await page.locator('[name=username]').fill('bob')
      await page.locator('[name=password]').fill('guess')
      const answer = page.waitForResponse((response) => response.request().method() === 'POST')
      await page.locator('form button').first().click()
      return (await answer).status()
    }
    const statuses: number[] = []
    for (let attempt = 0; attempt < 11; attempt += 1) statuses.push(await guess())
    expect(statuses.slice(0, 10)).not.toContain(429)
    expect(statuses[10]).toBe(429)
    await picture(page, 'too-many-attempts')
  }, 60_000)
})
