import { describe, expect, it, onTestFinished } from 'vitest'
import { chromiumPath, launchChromium } from '../support/chromium.js'
import { sayNotChecked } from '../support/say-not-checked.js'
import { freePort } from '../support/free-port.js'
import { patience, startExample } from './support/running-example.js'

const missing = 'Chromium to drive the single-page application with: set CHROMIUM_PATH'
sayNotChecked(chromiumPath !== undefined, missing)

describe.runIf(chromiumPath !== undefined)('examples/single-page-application', patience, () => {
  it('signs in, calls the API, refreshes, and keeps no token where scripts find it', async () => {
    const [port, apiPort, webPort] = [await freePort(), await freePort(), await freePort()]
    const env = { PORT: `${port}`, API_PORT: `${apiPort}`, WEB_PORT: `${webPort}` }
    const web = `http://127.0.0.1:${webPort}/`
    const running = await startExample('single-page-application', { env, ready: [`Open ${web}`] })
    const chromium = await launchChromium()
    onTestFinished(() => chromium.close())
    const page = await chromium.newPage()
    const grants: (string | null)[] = []
    page.on('request', (request) => {
      if (!request.url().endsWith('/token')) return
      grants.push(new URLSearchParams(request.postData() ?? '').get('grant_type'))
    })
    const bearer = () =>
      page
        .waitForRequest(
          (request) => request.url().endsWith('/invoices') && request.method() === 'GET',
        )
        .then((request) => request.headers()['authorization'])
    const list = async (): Promise<string | undefined> => {
      const sent = bearer()
      await page.getByRole('button', { name: 'List invoices' }).click()
      return sent
    }

    await page.clock.install()
    await page.goto(web)
    await page.getByText('You are not signed in.').waitFor()
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.locator('[name=username]').fill('alice')
    await page.locator('[name=password]').fill('alice')
    await page.locator('form button').first().click()
    await page.getByText('You are signed in.').waitFor()
    expect(page.url()).toBe(web)

    const first = await list()
    await page.getByText('200 [{"id":"1","customer":"alice","amount":120}]').waitFor()
    expect(await list()).toBe(first)
    expect(grants).toEqual(['authorization_code'])
    expect(await page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0])

    // In the browser two minutes have passed: what tokens last.
    await page.clock.fastForward('01:55')
    const second = await list()
    expect(second).not.toBe(first)
    await page.getByText('200 [').waitFor()
    await page.clock.fastForward('01:55')
    expect(await list()).not.toBe(second)
    expect(grants).toEqual(['authorization_code', 'refresh_token', 'refresh_token'])

    // A reload forgets the tokens, and the server has not forgotten the user.
    await page.reload()
    await page.getByText('You are not signed in.').waitFor()
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('You are signed in.').waitFor()

    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByText('You are not signed in.').waitFor()
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.locator('[name=password]').waitFor()

    await page.goto(`${web}?state=forged&code=stolen`)
    await page.getByText('That did not work').waitFor()
    await running.end('SIGTERM')
  })
})
