import { expect } from 'vitest'
import type { HttpResponse } from '@bailiwick/protocol'
import { createPages, createUi } from '@bailiwick/ui'
import {
  answerAll,
  authorizationQuery,
  authorizeWith,
  createBrowser,
  interactionOf,
  locationOf,
  peopleServer,
  signInAndRedeem,
  web,
} from '../../../packages/core/test/support/people.js'
import { basic, get, post } from '../../../packages/core/test/support/server.js'
import type { Proofs } from './proof.js'

const authorizePath = `/authorize?${authorizationQuery()}`

/** A server with the pages of `@bailiwick/ui`, and a browser that has come to the login page. */
async function atLogin() {
  const server = peopleServer({ pages: createPages() })
  const ui = createUi({
    server,
    authenticate: async ({ username, password }) =>
      password === 'right' ? { subject: username } : undefined,
  })
  const browser = createBrowser(server)
  const { pathname } = locationOf(await browser.get(authorizePath))
  const show = (method: 'GET' | 'POST', form = ''): Promise<HttpResponse | undefined> =>
    ui({
      method,
      url: pathname,
      headers: {
        ...browser.headers(),
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: async () => form,
      remoteAddress: '192.0.2.7',
    })
  const csrf = server.csrf.create({ headers: browser.headers() }, pathname.split('/').pop() ?? '')
  const signIn = (fields: Record<string, string>) =>
    show('POST', new URLSearchParams({ csrf: csrf ?? '', ...fields }).toString())
  return { server, browser, show, signIn, id: pathname.split('/').pop() ?? '' }
}

const cookiesOf = ({ headers }: HttpResponse): readonly string[] =>
  [headers['set-cookie'] ?? []].flat()

const preflight = (path: string, origin: string) =>
  peopleServer({
    clients: [{ ...web, allowedCorsOrigins: ['https://app.example.com'] }],
  }).handle({
    method: 'OPTIONS',
    url: path,
    headers: { origin, 'access-control-request-method': 'POST' },
    body: async () => '',
  })

/** Whether a script of an origin may read what a path answers. */
const mayRead = async (path: string, origin: string): Promise<boolean> =>
  (await preflight(path, origin))?.headers['access-control-allow-origin'] !== undefined

/** What the chapters on browsers say (RFC 9700 sections 4.2, 4.3, 4.7, 4.16; cookies and CORS). */
export const browserProofs: Proofs = {
  async 'pages-send-no-referrer'() {
    const { show } = await atLogin()
    for (const page of [await show('GET'), await get(peopleServer(), '/authorize')]) {
      expect(page?.headers).toMatchObject({ 'referrer-policy': 'no-referrer' })
      expect(page?.headers['content-security-policy']).toContain(`default-src 'none'`)
    }
    const redirected = await get(peopleServer(), authorizePath)
    expect(redirected.headers).toMatchObject({ 'referrer-policy': 'no-referrer' })
  },

  async 'pages-are-not-framed'() {
    const { show } = await atLogin()
    for (const page of [await show('GET'), await get(peopleServer(), '/authorize')]) {
      expect(page?.headers['content-security-policy']).toContain(`frame-ancestors 'none'`)
    }
  },

  async 'pages-run-no-scripts'() {
    const { show } = await atLogin()
    const page = await show('GET')
    expect(page?.body).not.toMatch(/<script/)
    expect(page?.headers['content-security-policy']).not.toMatch(/script-src|unsafe/)
  },

  async 'answers-are-not-cached'() {
    const server = peopleServer()
    const form = { grant_type: 'client_credentials' }
    for (const response of [
      await get(server, authorizePath),
      await get(server, '/authorize'),
      await post(server, form, { authorization: basic('web', 'secret') }),
      await get(server, '/userinfo'),
    ]) {
      expect(response.headers['cache-control']).toBe('no-store')
    }
  },

  async 'no-token-in-query'() {
    const server = peopleServer()
    const { access_token: token } = await signInAndRedeem(server)
    const bearer = { authorization: `Bearer ${String(token)}` }
    expect((await get(server, `/userinfo?access_token=${String(token)}`)).status).toBe(401)
    expect((await get(server, '/userinfo', bearer)).status).toBe(200)
  },

  async 'login-in-same-browser'() {
    const server = peopleServer()
    const victim = createBrowser(server)
    const id = interactionOf(await createBrowser(server).get(authorizePath)) ?? ''
    const link = await server.interactions.login(id, { subject: 'mallory' })
    const response = await victim.get(link)
    expect(response.status).toBe(400)
    expect([...victim.cookies.keys()]).not.toContain('__Host-bailiwick-session')
  },

  async 'forms-need-a-token'() {
    const { signIn } = await atLogin()
    const fields = { username: 'alice', password: 'right' }
    expect((await signIn({ ...fields, csrf: 'forged' }))?.status).toBe(403)
    expect((await signIn(fields))?.status).toBe(303)
  },

  async 'logout-is-asked'() {
    const server = peopleServer()
    const browser = createBrowser(server)
    await authorizeWith(server, {}, { browser })
    const asked = await browser.get('/end_session')
    expect(interactionOf(asked)).toBeDefined()
    expect([...browser.cookies.keys()]).toContain('__Host-bailiwick-session')
  },

  async 'guessing-is-limited'() {
    const { signIn } = await atLogin()
    const statuses: (number | undefined)[] = []
    for (let attempt = 0; attempt <= 10; attempt += 1) {
      statuses.push((await signIn({ username: 'alice', password: `guess ${attempt}` }))?.status)
    }
    expect(statuses.slice(0, 10)).not.toContain(429)
    expect(statuses[10]).toBe(429)
    expect((await signIn({ username: 'alice', password: 'right' }))?.status).toBe(429)
  },

  async 'cookies-are-locked'() {
    const server = peopleServer()
    const browser = createBrowser(server)
    const asked = await browser.get(authorizePath)
    const id = interactionOf(asked) ?? ''
    const link = await server.interactions.login(id, { subject: 'alice' })
    const cookies = [...cookiesOf(asked), ...cookiesOf(await browser.get(link))]
    expect(cookies).toHaveLength(2)
    for (const cookie of cookies) {
      expect(cookie).toMatch(/^__Host-[\w-]+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure$/)
    }
  },

  async 'session-cookie-is-new'() {
    const server = peopleServer()
    const browser = createBrowser(server)
    browser.cookies.set('__Host-bailiwick-session', 'planted')
    await answerAll(server, browser, await browser.get(authorizePath))
    expect(browser.cookies.get('__Host-bailiwick-session')).toMatch(/^[\w-]{43}$/)
  },

  async 'session-ends'() {
    let time = 1_800_000_000
    const server = peopleServer({ now: () => time })
    const browser = createBrowser(server)
    await authorizeWith(server, {}, { browser })
    expect(interactionOf(await browser.get(authorizePath)) === undefined).toBe(true)
    time += 7200
    expect(interactionOf(await browser.get(authorizePath))).toBeDefined()
  },

  async 'cors-for-registered-origins'() {
    for (const path of ['/token', '/revoke', '/userinfo']) {
      expect(await mayRead(path, 'https://app.example.com')).toBe(true)
      expect(await mayRead(path, 'https://evil.example')).toBe(false)
      expect(await mayRead(path, 'null')).toBe(false)
    }
    expect(await mayRead('/.well-known/openid-configuration', 'https://evil.example')).toBe(true)
  },

  async 'cors-not-at-authorize'() {
    for (const path of ['/authorize', '/introspect', '/end_session']) {
      expect(await mayRead(path, 'https://app.example.com')).toBe(false)
    }
  },

  async 'csrf-token-is-derived'() {
    const { server, browser, id } = await atLogin()
    const request = { headers: browser.headers() }
    const token = server.csrf.create(request, id)
    expect(server.csrf.isValid(request, id, token)).toBe(true)
    expect(server.csrf.isValid(request, 'another', token)).toBe(false)
    const other = { headers: { cookie: `__Host-bailiwick-browser=${'x'.repeat(43)}` } }
    expect(server.csrf.isValid(other, id, token)).toBe(false)
  },
}
