import { describe, expect, it } from 'vitest'
import { createMemoryStore } from '../../src/index.js'
import type { Login } from '../../src/index.js'
import {
  answerAll,
  authorizationQuery,
  authorizeWith,
  createBrowser,
  createClock,
  interactionOf,
  locationOf,
  peopleServer,
  signInAndRedeem,
  web,
} from '../support/people.js'
import type { Query, TestBrowser } from '../support/people.js'
import { bodyOf } from '../support/server.js'
import { decodeJwt } from 'jose'
import { redeem } from '../support/people.js'

/** The prompt that a request leads to; `undefined` when the client is answered at once. */
async function promptOf(
  server: ReturnType<typeof peopleServer>,
  browser: TestBrowser,
  changes: Query,
): Promise<string | undefined> {
  const response = await browser.get(`/authorize?${authorizationQuery(changes)}`)
  const id = interactionOf(response)
  return id === undefined ? undefined : (await server.interactions.find(id))?.prompt
}

async function begin(browser: TestBrowser, changes = {}): Promise<string> {
  const response = await browser.get(`/authorize?${authorizationQuery(changes)}`)
  return interactionOf(response) ?? ''
}

const errorOf = (url: URL): string | null => url.searchParams.get('error')

describe('the way back from a page', () => {
  it('needs the browser in which the request began', async () => {
    const server = peopleServer()
    const id = await begin(createBrowser(server))
    const url = await server.interactions.login(id, { subject: 'victim' })
    for (const other of [createBrowser(server), createBrowser(server)]) {
      if (other.cookies.size === 0) await begin(other)
      const response = await other.get(url)
      expect(response.status).toBe(400)
      expect(response.body).toContain('another browser')
      expect([...other.cookies.keys()]).not.toContain('__Host-bailiwick-session')
    }
  })

  it('needs the ticket that the page was given', async () => {
    const server = peopleServer()
    const browser = createBrowser(server)
    const id = await begin(browser)
    const url = new URL(await server.interactions.login(id, { subject: 'alice' }))
    url.searchParams.set('ticket', 'guessed')
    expect((await browser.get(url.href)).status).toBe(400)
    url.searchParams.delete('ticket')
    expect((await browser.get(url.href)).status).toBe(400)
    expect([...browser.cookies.keys()]).toEqual(['__Host-bailiwick-browser'])
  })

  it('can be gone once', async () => {
    const server = peopleServer()
    const browser = createBrowser(server)
    const id = await begin(browser)
    const url = await server.interactions.login(id, { subject: 'alice' })
    const answers = await Promise.all([browser.get(url), browser.get(url), browser.get(url)])
    expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(['303', '400', '400'])
    expect(await server.interactions.find(id)).toBeUndefined()
    await expect(server.interactions.login(id, { subject: 'alice' })).rejects.toMatchObject({
      code: 'invalid_request',
    })
  })

  it('can be gone once also where a process has a clock that is behind', async () => {
    const clock = createClock()
    const store = createMemoryStore({ now: () => 0 })
    const servers = [peopleServer({ store, now: clock.now }), peopleServer({ store })] as const
    clock.pass(5)
    const browser = createBrowser(servers[0])
    const id = await begin(browser)
    const url = await servers[0].interactions.login(id, { subject: 'alice' })
    const other = createBrowser(servers[1])
    for (const [name, value] of browser.cookies) other.cookies.set(name, value)
    expect((await browser.get(url)).status).toBe(303)
    expect((await other.get(url)).status).toBe(400)
  })

  it('is the way of the last answer, when a form is sent twice', async () => {
    const server = peopleServer()
    const browser = createBrowser(server)
    const id = await begin(browser)
    const first = await server.interactions.login(id, { subject: 'alice' })
    const second = await server.interactions.login(id, { subject: 'alice' })
    expect((await browser.get(first)).status).toBe(400)
    expect((await browser.get(second)).status).toBe(303)
  })

  it('is closed after an hour', async () => {
    const clock = createClock()
    const server = peopleServer({ now: clock.now })
    const browser = createBrowser(server)
    const id = await begin(browser)
    clock.pass(3599)
    const url = await server.interactions.login(id, { subject: 'alice' })
    clock.pass(1)
    expect(await server.interactions.find(id)).toBeUndefined()
    expect((await browser.get(url)).status).toBe(400)
  })

  it('may take time, which makes the login no newer', async () => {
    const clock = createClock()
    const server = peopleServer({ now: clock.now })
    const browser = createBrowser(server)
    const id = await begin(browser)
    const loggedInAt = clock.now()
    const url = await server.interactions.login(id, { subject: 'alice' })
    clock.pass(600)
    const code = locationOf(await browser.get(url)).searchParams.get('code')
    const { id_token: idToken } = bodyOf(await redeem(server, code))
    expect(decodeJwt(String(idToken))['auth_time']).toBe(loggedInAt)
    expect(await promptOf(server, browser, { max_age: '599' })).toBe('login')
  })

  it('is open in two tabs at once', async () => {
    const server = peopleServer()
    const browser = createBrowser(server)
    const ids = [await begin(browser), await begin(browser)]
    for (const id of ids) {
      const url = await server.interactions.login(id, { subject: 'alice' })
      expect(locationOf(await browser.get(url)).searchParams.get('code')).toBeTruthy()
    }
  })

  it('leads to nobody but the client when the user refuses', async () => {
    const server = peopleServer()
    const browser = createBrowser(server)
    const id = await begin(browser)
    const answer = locationOf(await browser.get(await server.interactions.deny(id)))
    expect(Object.fromEntries(answer.searchParams)).toMatchObject({
      error: 'access_denied',
      state: 'the state',
    })
    const other = await begin(browser)
    const url = await server.interactions.deny(other, 'temporarily_unavailable')
    expect(errorOf(locationOf(await browser.get(url)))).toBe('temporarily_unavailable')
  })

  it('is refused to answers that were not asked for', async () => {
    const server = peopleServer()
    const id = await begin(createBrowser(server))
    for (const answer of [
      server.interactions.consent(id, { scopes: ['read'] }),
      server.interactions.continue(id),
      server.interactions.logout(id),
    ]) {
      await expect(answer).rejects.toMatchObject({ code: 'invalid_request' })
    }
  })
})

describe('cookies', () => {
  it('are for this host, https and no script, and come along when a client leads here', async () => {
    const server = peopleServer()
    const browser = createBrowser(server)
    const response = await browser.get(`/authorize?${authorizationQuery()}`)
    expect(response.headers['set-cookie']).toEqual([
      expect.stringMatching(
        /^__Host-bailiwick-browser=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
      ),
    ])
    const url = await server.interactions.login(interactionOf(response) ?? '', {
      subject: 'alice',
    })
    expect((await browser.get(url)).headers['set-cookie']).toEqual([
      expect.stringMatching(
        /^__Host-bailiwick-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
      ),
    ])
  })

  it('do without the prefix where there is no https', async () => {
    const server = peopleServer({ issuer: 'http://127.0.0.1:5001' })
    const browser = createBrowser(server)
    await authorizeWith(server, {}, { browser })
    expect([...browser.cookies.keys()]).toEqual(['bailiwick-browser', 'bailiwick-session'])
  })

  it('are new after each login, and the old session is gone', async () => {
    const server = peopleServer()
    const browser = createBrowser(server)
    await authorizeWith(server, {}, { browser })
    const before = browser.headers()
    await authorizeWith(server, { prompt: 'login' }, { browser })
    expect(browser.headers()).not.toEqual(before)
    expect(await server.sessions.find({ headers: before })).toBeUndefined()
    expect(await server.sessions.find({ headers: browser.headers() })).toMatchObject({
      subject: 'alice',
    })
  })
})

describe('sessions', () => {
  it('keep their sid while the same user signs in again, and get a new one for another', async () => {
    const server = peopleServer()
    const browser = createBrowser(server)
    const sidAfter = async (login: Login): Promise<unknown> => {
      const answer = await authorizeWith(server, { prompt: 'login' }, { browser, login })
      const body = bodyOf(await redeem(server, answer.searchParams.get('code')))
      return decodeJwt(String(body['id_token']))['sid']
    }
    const first = await sidAfter({ subject: 'alice' })
    expect(await sidAfter({ subject: 'alice' })).toBe(first)
    const second = await sidAfter({ subject: 'bob' })
    expect(second).not.toBe(first)
  })

  it.each([
    ['10 hours after the login, however busy', 3600, 10],
    ['2 hours after the last request', 7200, 1],
  ])('end %s', async (_, pause, times) => {
    const clock = createClock()
    const server = peopleServer({ now: clock.now })
    const browser = createBrowser(server)
    await authorizeWith(server, {}, { browser })
    for (let time = 1; time < times; time += 1) {
      clock.pass(pause)
      expect(await promptOf(server, browser, {})).toBeUndefined()
    }
    clock.pass(pause - 1)
    expect(await server.sessions.find({ headers: browser.headers() })).toBeDefined()
    clock.pass(1)
    expect(await promptOf(server, browser, {})).toBe('login')
  })
})

describe('what is asked of who is signed in', () => {
  async function signedIn(options: Parameters<typeof peopleServer>[0] = {}) {
    const clock = createClock()
    const server = peopleServer({ now: clock.now, ...options })
    const browser = createBrowser(server)
    await authorizeWith(server, {}, { browser })
    return { clock, server, browser }
  }

  it.each<[name: string, changes: Query, prompt: string | undefined]>([
    ['nothing', {}, undefined],
    ['nothing with prompt=none', { prompt: 'none' }, undefined],
    ['a login with prompt=login', { prompt: 'login' }, 'login'],
    ['consent with prompt=consent', { prompt: 'consent' }, 'consent'],
    ['an account with prompt=select_account', { prompt: 'select_account' }, 'select_account'],
    ['an account first', { prompt: 'consent select_account' }, 'select_account'],
    ['a new account with prompt=create', { prompt: 'create' }, 'create'],
    ['nothing within max_age', { max_age: '100' }, undefined],
    ['a login beyond max_age', { max_age: '99' }, 'login'],
    ['a login with max_age=0', { max_age: '0' }, 'login'],
    [
      'a login of the user that is meant',
      { claims: '{"id_token":{"sub":{"value":"bob"}}}' },
      'login',
    ],
    [
      'nothing of the user that is meant',
      { claims: '{"id_token":{"sub":{"value":"alice"}}}' },
      undefined,
    ],
    [
      'a login as good as is insisted on',
      { claims: '{"id_token":{"acr":{"essential":true,"values":["mfa"]}}}' },
      'login',
    ],
    [
      'nothing for what is only wished',
      { claims: '{"id_token":{"acr":{"values":["mfa"]}}}', acr_values: 'mfa' },
      undefined,
    ],
  ])('%s', async (_, changes, prompt) => {
    const { clock, server, browser } = await signedIn()
    clock.pass(100)
    expect(await promptOf(server, browser, changes)).toBe(prompt)
  })

  it('a login when the client wants a fresher one', async () => {
    const { clock, server, browser } = await signedIn({
      clients: [{ ...web, userSsoLifetime: 60 }],
    })
    clock.pass(60)
    expect(await promptOf(server, browser, {})).toBeUndefined()
    clock.pass(1)
    expect(await promptOf(server, browser, {})).toBe('login')
  })

  it('a login when the user is not active any more', async () => {
    const active = new Set(['alice'])
    const { server, browser } = await signedIn({
      profile: { claims: async () => ({}), isActive: async ({ subject }) => active.has(subject) },
    })
    active.clear()
    expect(await promptOf(server, browser, {})).toBe('login')
  })

  it('a login when an ID token of somebody else is sent', async () => {
    const { server, browser } = await signedIn()
    const other = await signInAndRedeem(server)
    const hint = String(other['id_token'])
    expect(await promptOf(server, browser, { id_token_hint: hint })).toBeUndefined()
    await authorizeWith(server, { prompt: 'login' }, { browser, login: { subject: 'bob' } })
    expect(await promptOf(server, browser, { id_token_hint: hint })).toBe('login')
    const response = await browser.get(
      `/authorize?${authorizationQuery({ id_token_hint: hint, prompt: 'none' })}`,
    )
    expect(errorOf(locationOf(response))).toBe('login_required')
  })

  it('each thing once in one request', async () => {
    const { server, browser } = await signedIn()
    const answer = await authorizeWith(
      server,
      { prompt: 'login consent select_account', max_age: '0' },
      { browser },
    )
    expect(answer.searchParams.get('code')).toBeTruthy()
  })

  it('nothing more of who goes on as who they are', async () => {
    const { server, browser } = await signedIn()
    const id = await begin(browser, { prompt: 'select_account' })
    expect(await server.interactions.find(id)).toMatchObject({ user: { subject: 'alice' } })
    const answer = locationOf(await browser.get(await server.interactions.continue(id)))
    expect(answer.searchParams.get('code')).toBeTruthy()
  })
})

describe('a login that is not what the client insists on', () => {
  it.each<[name: string, changes: Query, login: Login, error: string | null]>([
    [
      'another user',
      { claims: '{"userinfo":{"sub":{"value":"bob"}}}' },
      { subject: 'alice' },
      'login_required',
    ],
    ['the user', { claims: '{"userinfo":{"sub":{"value":"bob"}}}' }, { subject: 'bob' }, null],
    [
      'too weak',
      { claims: '{"id_token":{"acr":{"essential":true,"value":"mfa"}}}' },
      { subject: 'alice', acr: 'pwd' },
      'unmet_authentication_requirements',
    ],
    [
      'strong enough',
      { claims: '{"id_token":{"acr":{"essential":true,"value":"mfa"}}}' },
      { subject: 'alice', acr: 'mfa' },
      null,
    ],
  ])('is told: %s', async (_, changes, login, error) => {
    expect(errorOf(await authorizeWith(peopleServer(), changes, { login }))).toBe(error)
  })
})

describe('a login after which the request fails', () => {
  const onlyBob = { claims: '{"id_token":{"sub":{"value":"bob"}}}' }

  it('is one all the same, because the session before is gone', async () => {
    const server = peopleServer()
    const browser = createBrowser(server)
    await authorizeWith(server, {}, { browser })
    const before = browser.headers()
    const answer = await authorizeWith(server, onlyBob, { browser, login: { subject: 'carol' } })
    expect(errorOf(answer)).toBe('login_required')
    expect(await server.sessions.find({ headers: before })).toBeUndefined()
    expect(await server.sessions.find({ headers: browser.headers() })).toMatchObject({
      subject: 'carol',
    })
  })

  it('is one also when nobody can be asked whether the user is active', async () => {
    const isActive = async () => Promise.reject(new Error('connect ECONNREFUSED'))
    const server = peopleServer({ profile: { claims: async () => ({}), isActive } })
    const browser = createBrowser(server)
    const answer = await authorizeWith(server, {}, { browser })
    expect(errorOf(answer)).toBe('temporarily_unavailable')
    expect(await server.sessions.find({ headers: browser.headers() })).toMatchObject({
      subject: 'alice',
    })
  })
})

describe('signing in for a page of the application', () => {
  it('leads back to the page', async () => {
    const server = peopleServer()
    const browser = createBrowser(server)
    const request = { method: 'GET', url: '/grants', headers: {}, body: async () => '' }
    const response = await server.interactions.signIn(request, '/grants?x=1')
    const cookie = String([response.headers['set-cookie']].flat()[0])
    browser.cookies.set('__Host-bailiwick-browser', /=([\w-]+)/.exec(cookie)?.[1] ?? '')
    const answer = await answerAll(server, browser, response)
    expect(answer.href).toBe('https://id.example.com/grants?x=1')
    expect(await server.sessions.find({ headers: browser.headers() })).toMatchObject({
      subject: 'alice',
    })
  })

  it.each(['https://evil.example', '//evil.example', '/\\evil.example', 'grants', '/a b', ''])(
    'leads nowhere else: %s',
    async (returnTo) => {
      const request = { method: 'GET', url: '/grants', headers: {}, body: async () => '' }
      await expect(peopleServer().interactions.signIn(request, returnTo)).rejects.toThrow(TypeError)
    },
  )
})
