import * as client from 'openid-client'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { chromiumPath, launchChromium } from '../support/chromium.js'
import { sayNotChecked } from '../support/say-not-checked.js'
import { listening } from '../support/listening.js'
import { freePort } from '../support/free-port.js'
import { beginSignIn } from './support/relying-party.js'
import { patience, startExample } from './support/running-example.js'

const missing = 'Chromium to drive the pages of React with: set CHROMIUM_PATH'
sayNotChecked(chromiumPath !== undefined, missing)

const ends: (() => unknown)[] = []
let issuer: string
let web: string

/** Starts the example, and what it sends browsers back to. */
async function start(): Promise<void> {
  const whenOver = (end: () => unknown): void => void ends.push(end)
  const port = await freePort()
  issuer = `http://127.0.0.1:${port}`
  const application = await listening(() => (_request, response) => void response.end('the client'))
  ends.push(application.close)
  web = application.url
  const ready = [`The server is at ${issuer}`]
  await startExample('react-login', { env: { PORT: `${port}`, WEB_URL: web }, ready, whenOver })
}

/** Opens a browser that nobody has used before. */
async function createWorld() {
  const chromium = await launchChromium()
  onTestFinished(() => chromium.close())
  const page = await chromium.newPage()
  /** Sends it to the server, as the client does. */
  const begin = async (scope: string, parameters: Record<string, string> = {}) => {
    const beginning = await beginSignIn(issuer, scope, {
      authentication: client.None(),
      redirectUri: `${web}/callback`,
    })
    for (const entry of Object.entries(parameters)) beginning.url.searchParams.set(...entry)
    await page.goto(beginning.url.href)
    return beginning
  }
  /** Where the client is called back. */
  const callback = async (): Promise<URL> => {
    await page.waitForURL(`${web}/callback**`)
    return new URL(page.url())
  }
  return { chromium, page, begin, callback }
}

type Page = Awaited<ReturnType<typeof createWorld>>['page']

async function signIn(page: Page, password: string): Promise<void> {
  await page.getByLabel('User name').fill('alice')
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

describe.runIf(chromiumPath !== undefined)('examples/react-login', patience, () => {
  beforeAll(start, patience.timeout)
  afterAll(() => Promise.all(ends.map((end) => end())))

  it('signs in, asks for consent, and signs out', async () => {
    const { page, begin, callback } = await createWorld()
    const { config, redeem } = await begin('openid email invoice.read offline_access')
    expect(new URL(page.url()).pathname).toMatch(/^\/sign-in\//)
    await page.getByRole('heading', { name: 'Sign in to The web shop' }).waitFor()

    await signIn(page, 'wrong')
    await page.getByRole('alert').getByText('User name or password is wrong.').waitFor()
    await signIn(page, 'alice')

    await page.getByRole('heading', { name: 'The web shop asks for access' }).waitFor()
    expect(await page.getByRole('checkbox', { disabled: true }).count()).toBe(1)
    await page.getByLabel('Read your invoices').uncheck()
    await page.getByRole('button', { name: 'Allow' }).click()

    const tokens = await redeem(await callback())
    expect(tokens.claims()).toMatchObject({ sub: 'alice', amr: ['pwd'] })
    expect(tokens.scope?.split(' ').toSorted()).toEqual(['email', 'offline_access', 'openid'])

    // Without the ID token the server asks first.
    const signOut = client.buildEndSessionUrl(config, {
      client_id: 'web',
      post_logout_redirect_uri: `${web}/`,
    })
    await page.goto(signOut.href)
    await page.getByRole('heading', { name: 'Do you want to sign out?' }).waitFor()
    await page.getByRole('button', { name: 'Yes' }).click()
    await page.waitForURL(`${web}/`)
    await begin('openid')
    await page.getByLabel('Password').waitFor()
  })

  it('tells the client when the user refuses, and asks who goes on', async () => {
    const { page, begin, callback } = await createWorld()
    await begin('openid')
    await signIn(page, 'alice')
    await page.getByRole('button', { name: 'Refuse' }).click()
    expect((await callback()).searchParams.get('error')).toBe('access_denied')

    await begin('openid', { prompt: 'select_account' })
    await page.getByRole('heading', { name: 'Go on as alice?' }).waitFor()
    await page.getByRole('button', { name: 'Yes' }).click()
    await page.getByRole('button', { name: 'Allow' }).waitFor()
  })

  it('takes answers from its own page in the same browser, and from nowhere else', async () => {
    const { page, chromium, begin } = await createWorld()
    await begin('openid')
    const { csrf } = (await (await page.request.get(`${page.url()}/question`)).json()) as {
      csrf: string
    }
    const credentials = { kind: 'login', username: 'alice', password: 'alice' }
    const answer = (headers: Record<string, string>, data: unknown = credentials) =>
      page.request.post(`${page.url()}/answer`, { headers, data })
    expect((await answer({})).status()).toBe(403)
    expect((await answer({ 'x-csrf-token': `${csrf}x` })).status()).toBe(403)
    expect((await answer({ 'x-csrf-token': csrf }, { kind: 'login' })).status()).toBe(400)
    expect((await answer({ 'x-csrf-token': csrf }, { kind: 'logout' })).status()).toBe(400)

    const stranger = await (await chromium.newContext()).newPage()
    await stranger.goto(page.url())
    await stranger.getByRole('alert').getByText('Please start again.').waitFor()
    expect(await stranger.getByLabel('Password').count()).toBe(0)

    const shown = await page.reload()
    expect(shown?.headers()['content-security-policy']).toContain("frame-ancestors 'none'")
    expect((await answer({ 'x-csrf-token': csrf })).status()).toBe(200)
  })
})
