import { decodeJwt, decodeProtectedHeader } from 'jose'
import { describe, expect, it, vi } from 'vitest'
import type { AuthorizationServerOptions, Client, ServerEvent } from '../../src/index.js'
import {
  authorizeWith,
  createBrowser,
  interactionOf,
  locationOf,
  peopleServer,
  redeem,
  spa,
  web,
} from '../support/people.js'
import type { TestBrowser } from '../support/people.js'
import { bodyOf, issuer, now } from '../support/server.js'

const bye = 'https://app.example.com/bye'
const leaving: Client = { ...web, postLogoutRedirectUris: [bye, `${bye}?x=1`] }

/** A browser in which a user is signed in at a client, and the ID token that the client has. */
async function signedIn(options: Partial<AuthorizationServerOptions> = {}) {
  const server = peopleServer({ clients: [leaving, spa], ...options })
  const browser = createBrowser(server)
  const answer = await authorizeWith(server, {}, { browser })
  const tokens = bodyOf(await redeem(server, answer.searchParams.get('code')))
  return { server, browser, idToken: String(tokens['id_token']) }
}

const query = (parameters: Record<string, string>): string =>
  `/end_session?${new URLSearchParams(parameters).toString()}`

const isSignedIn = async (
  server: ReturnType<typeof peopleServer>,
  browser: TestBrowser,
): Promise<boolean> => (await server.sessions.find({ headers: browser.headers() })) !== undefined

describe('the end session endpoint', () => {
  it('signs out at once who is meant, and goes back to the client', async () => {
    const { server, browser, idToken } = await signedIn()
    const before = browser.headers()
    const response = await browser.get(
      query({ id_token_hint: idToken, post_logout_redirect_uri: bye, state: 's' }),
    )
    expect(response.status).toBe(303)
    expect(locationOf(response).href).toBe(`${bye}?state=s`)
    expect(browser.cookies.has('__Host-bailiwick-session')).toBe(false)
    expect(await server.sessions.find({ headers: before })).toBeUndefined()
  })

  it('may be posted to', async () => {
    const { server, browser, idToken } = await signedIn()
    const form = new URLSearchParams({ id_token_hint: idToken }).toString()
    expect(await browser.post('/end_session', form)).toMatchObject({ status: 200 })
    expect(await isSignedIn(server, browser)).toBe(false)
  })

  it('keeps a query that the redirect URI has of its own', async () => {
    const { browser, idToken } = await signedIn()
    const uri = `${bye}?x=1`
    const parameters = { id_token_hint: idToken, post_logout_redirect_uri: uri, state: 's' }
    expect(locationOf(await browser.get(query(parameters))).href).toBe(`${uri}&state=s`)
  })

  it.each<[name: string, hint: (own: string, others: string) => Record<string, string>]>([
    ['nobody says who is meant', () => ({})],
    ['only a client_id is sent', () => ({ client_id: 'web' })],
    ['somebody else is meant', (_, others) => ({ id_token_hint: others })],
  ])('asks the user when %s', async (_, hint) => {
    const { server, browser, idToken } = await signedIn()
    const bob = createBrowser(server)
    const answer = await authorizeWith(server, {}, { browser: bob, login: { subject: 'bob' } })
    const others = bodyOf(await redeem(server, answer.searchParams.get('code')))['id_token']
    const response = await browser.get(query(hint(idToken, String(others))))
    const id = interactionOf(response) ?? ''
    expect(await server.interactions.find(id)).toMatchObject({
      prompt: 'logout',
      user: { subject: 'alice' },
    })
    expect(await isSignedIn(server, browser)).toBe(true)
    const done = await browser.get(await server.interactions.logout(id))
    expect(done.status).toBe(200)
    expect(done.body).toContain('You are signed out')
    expect(await isSignedIn(server, browser)).toBe(false)
  })

  it('asks when the ID token is of an earlier session of the same user', async () => {
    const { server, browser, idToken } = await signedIn()
    await browser.get(query({ id_token_hint: idToken }))
    await authorizeWith(server, {}, { browser })
    expect(interactionOf(await browser.get(query({ id_token_hint: idToken })))).toBeDefined()
  })

  it('goes back to the client once the user has said so', async () => {
    const { server, browser } = await signedIn()
    const parameters = { client_id: 'web', post_logout_redirect_uri: bye, state: 's' }
    const id = interactionOf(await browser.get(query(parameters))) ?? ''
    expect(await server.interactions.find(id)).toMatchObject({
      client: { clientName: 'The web shop' },
      redirectUri: bye,
    })
    const done = await browser.get(await server.interactions.logout(id))
    expect(locationOf(done).href).toBe(`${bye}?state=s`)
  })

  it('leaves a user signed in who does not want to leave', async () => {
    const { server, browser } = await signedIn()
    const id = interactionOf(await browser.get(query({}))) ?? ''
    const done = await browser.get(await server.interactions.deny(id))
    expect(done.status).toBe(200)
    expect(done.body).toContain('still signed in')
    expect(await isSignedIn(server, browser)).toBe(true)
  })

  it('goes on when nobody is signed in', async () => {
    const { browser, idToken } = await signedIn()
    const parameters = { id_token_hint: idToken, post_logout_redirect_uri: bye }
    await browser.get(query(parameters))
    expect(locationOf(await browser.get(query(parameters))).href).toBe(bye)
    expect((await browser.get('/end_session')).body).toContain('You are signed out')
  })

  it.each<[name: string, parameters: Record<string, string>]>([
    ['id_token_hint is not an ID token of this server', { id_token_hint: 'x' }],
    ["client_id 'nobody' is unknown", { client_id: 'nobody' }],
    ['post_logout_redirect_uri needs a client', { post_logout_redirect_uri: bye }],
    ['is not registered', { client_id: 'web', post_logout_redirect_uri: `${bye}/` }],
    ['is not registered', { client_id: 'spa', post_logout_redirect_uri: bye }],
  ])('answers with a page what it cannot do: %s', async (text, parameters) => {
    const { server, browser } = await signedIn()
    const response = await browser.get(query(parameters))
    expect(response.status).toBe(400)
    expect(response.body?.replaceAll('&#39;', "'")).toContain(text)
    expect(await isSignedIn(server, browser)).toBe(true)
  })

  it('refuses an ID token of another client', async () => {
    const { browser, idToken } = await signedIn()
    const response = await browser.get(query({ id_token_hint: idToken, client_id: 'spa' }))
    expect(response.status).toBe(400)
  })

  it('refuses an access token as a hint', async () => {
    const { server, browser } = await signedIn()
    const answer = await authorizeWith(server, {}, { browser })
    const tokens = bodyOf(await redeem(server, answer.searchParams.get('code')))
    const response = await browser.get(query({ id_token_hint: String(tokens['access_token']) }))
    expect(response.status).toBe(400)
  })
})

describe('front-channel logout', () => {
  it('loads a page of each client of the session, and then goes on', async () => {
    const clients = [
      { ...leaving, frontChannelLogoutUri: 'https://app.example.com/out?a=b' },
      { ...spa, frontChannelLogoutUri: 'https://other.example.com/out' },
    ]
    const { browser, idToken } = await signedIn({ clients })
    const { sid } = decodeJwt(idToken)
    const response = await browser.get(
      query({ id_token_hint: idToken, post_logout_redirect_uri: bye }),
    )
    const uri = new URL('https://app.example.com/out?a=b')
    uri.searchParams.append('iss', issuer)
    uri.searchParams.append('sid', String(sid))
    expect(response.status).toBe(200)
    expect(response.body).toContain(`<iframe src="${uri.href.replaceAll('&', '&amp;')}"`)
    expect(response.body).not.toContain('other.example.com')
    expect(response.body).toContain(`url=${bye}`)
    expect(response.headers['content-security-policy']).toContain(
      'frame-src https://app.example.com',
    )
  })

  it('names no session to a client that does not want it', async () => {
    const uri = 'https://app.example.com/out'
    const { browser, idToken } = await signedIn({
      clients: [
        { ...leaving, frontChannelLogoutUri: uri, frontChannelLogoutSessionRequired: false },
      ],
    })
    const response = await browser.get(query({ id_token_hint: idToken }))
    expect(response.body).toContain(`<iframe src="${uri}"`)
  })
})

describe('back-channel logout', () => {
  const backChannelLogoutUri = 'https://app.example.com/backchannel'
  const other: Client = {
    ...spa,
    backChannelLogoutUri: 'https://dead.example.com/backchannel',
  }

  /** Two clients with one session, what is sent to them, and what becomes of it. */
  async function world(answer: (uri: string, attempt: number) => Promise<Response>) {
    const events: ServerEvent[] = []
    const sent: { readonly uri: string; readonly init: RequestInit }[] = []
    const waited: number[] = []
    const { server, browser, idToken } = await signedIn({
      clients: [{ ...leaving, backChannelLogoutUri }, other],
      onEvent: (event) => void events.push(event),
      wait: async (seconds) => void waited.push(seconds),
      fetch: async (uri, init) => {
        sent.push({ uri, init })
        return answer(uri, sent.filter((request) => request.uri === uri).length)
      },
    })
    await authorizeWith(server, { client_id: 'spa' }, { browser })
    const response = await browser.get(query({ id_token_hint: idToken }))
    const outcome = (clientId: string): ServerEvent | undefined =>
      events.find(
        (event) =>
          event.type.startsWith('logout_') && 'clientId' in event && event.clientId === clientId,
      )
    return { response, sent, waited, outcome, idToken }
  }

  it('sends each client of the session a signed logout token', async () => {
    const { sent, outcome, idToken } = await world(async () => new Response())
    await vi.waitFor(() => {
      expect(outcome('web')).toBeDefined()
      expect(outcome('spa')).toBeDefined()
    })
    const init = sent.find(({ uri }) => uri === backChannelLogoutUri)?.init ?? {}
    expect(init).toMatchObject({ method: 'POST', redirect: 'manual' })
    const form = new URLSearchParams(typeof init.body === 'string' ? init.body : '')
    const token = form.get('logout_token') ?? ''
    expect([...form.keys()]).toEqual(['logout_token'])
    expect(decodeProtectedHeader(token)).toMatchObject({ typ: 'logout+jwt', alg: 'RS256' })
    expect(decodeJwt(token)).toEqual({
      iss: issuer,
      sub: 'alice',
      aud: 'web',
      iat: now,
      exp: now + 120,
      jti: expect.any(String) as string,
      sid: decodeJwt(idToken)['sid'],
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
    })
    expect(outcome('web')).toEqual({
      type: 'logout_delivered',
      clientId: 'web',
      sessionId: decodeJwt(idToken)['sid'],
      attempts: 1,
    })
  })

  it('tries again what may still arrive, and holds up nobody meanwhile', async () => {
    const never = new Promise<Response>(() => undefined)
    const { response, waited, outcome } = await world((uri, attempt) => {
      if (uri !== backChannelLogoutUri) return never
      return attempt < 3
        ? Promise.resolve(new Response(null, { status: 503 }))
        : Promise.resolve(new Response())
    })
    expect(response.status).toBe(200)
    await vi.waitFor(() => {
      expect(outcome('web')).toMatchObject({ type: 'logout_delivered', attempts: 3 })
    })
    expect(waited).toEqual(expect.arrayContaining([0, 1, 5]))
    expect(outcome('spa')).toBeUndefined()
  })

  it.each<[name: string, answer: () => Promise<Response>, attempts: number]>([
    ['does not answer', () => Promise.reject(new TypeError('fetch failed')), 3],
    ['is broken', async () => new Response(null, { status: 500 }), 3],
    ['is busy', async () => new Response(null, { status: 429 }), 3],
    ['does not want it', async () => new Response(null, { status: 400 }), 1],
    ['leads elsewhere', async () => new Response(null, { status: 307 }), 1],
  ])('gives up on a client that %s, and reports it', async (_, answer, attempts) => {
    const { outcome } = await world(answer)
    await vi.waitFor(() => {
      expect(outcome('spa')).toMatchObject({ type: 'logout_failed', clientId: 'spa', attempts })
    })
    expect(JSON.stringify(outcome('spa'))).not.toContain('eyJ')
  })

  it('tells the clients when somebody else signs in in the same browser', async () => {
    const sent: string[] = []
    const { server, browser } = await signedIn({
      clients: [{ ...leaving, backChannelLogoutUri }, spa],
      wait: async () => undefined,
      fetch: async (uri) => {
        sent.push(uri)
        return new Response()
      },
    })
    await authorizeWith(server, { prompt: 'login' }, { browser })
    expect(sent).toEqual([])
    await authorizeWith(server, { prompt: 'login' }, { browser, login: { subject: 'bob' } })
    await vi.waitFor(() => {
      expect(sent).toEqual([backChannelLogoutUri])
    })
  })
})
