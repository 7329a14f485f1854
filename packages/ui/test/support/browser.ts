import type { HttpResponse } from '@bailiwick/protocol'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe } from 'vitest'
import { createWorld, issuer } from './world.js'
import { chromiumPath, launchChromium } from '../../../../tests/support/chromium.js'
import { sayNotChecked } from '../../../../tests/support/say-not-checked.js'

/** Describes what only a browser can check. Where there is none, it says so as loudly as it can without failing. */
export function describeInBrowser(subject: string, tests: (browser: () => Browser) => void): void {
  if (chromiumPath === undefined) {
    sayNotChecked(false, `Chromium to check ${subject} with: set CHROMIUM_PATH`)
    return
  }
  describe(`${subject} in a browser`, () => {
    let browser: Browser | undefined
    beforeAll(async () => {
      browser = await launchChromium()
    }, 30_000)
    afterAll(() => browser?.close())
    tests(() => {
      if (browser === undefined) throw new Error('the browser has not been started')
      return browser
    })
  })
}

export interface Viewport {
  readonly colorScheme: 'light' | 'dark'
  readonly width: number
}

const asText = (headers: HttpResponse['headers']): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))

/** Shows a page of a handler at its address, with everything that it loads from there, and with nothing else. */
export async function openAt(
  browser: Browser,
  { get, url }: { readonly get: (url: string) => Promise<HttpResponse>; readonly url: string },
  { colorScheme, width, ...options }: Viewport & { readonly javaScriptEnabled?: boolean },
): Promise<Page> {
  const viewport = { width, height: 1000 }
  const context = await browser.newContext({ ...options, colorScheme, viewport })
  const page = await context.newPage()
  await page.route('**/*', async (route) => {
    const { pathname, search, origin } = new URL(route.request().url())
    if (origin !== issuer) return route.abort()
    const { status, headers, body = '' } = await get(pathname + search)
    return route.fulfill({ status, headers: asText(headers), body })
  })
  await page.goto(issuer + url)
  return page
}

/** Shows an answer at an address of the issuer, with its header fields and the stylesheet, and with nothing else. */
export async function open(
  browser: Browser,
  answer: HttpResponse,
  { colorScheme, width }: Viewport,
): Promise<Page> {
  const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } })
  const page = await context.newPage()
  const world = createWorld()
  await page.route('**/*', async (route) => {
    const { pathname, search, origin } = new URL(route.request().url())
    if (origin !== issuer) return route.abort()
    const {
      status,
      headers,
      body = '',
    } = pathname === '/page' ? answer : await world.get(pathname + search)
    // A test looks at the page, not at where it leads after three seconds.
    const { refresh: _refresh, ...kept } = asText(headers)
    return route.fulfill({ status, headers: kept, body })
  })
  await page.goto(`${issuer}/page`)
  return page
}
