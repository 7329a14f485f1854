import type { HttpResponse } from '@bailiwick/protocol'
import { decodeJwt, SignJWT } from 'jose'
import { createPrivateKey } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createMemoryStore } from '../../src/index.js'
import type { AuthorizationServer, ServerEvent } from '../../src/index.js'
import {
  deletesCookie,
  endSessionUrl,
  goodbye,
  goodbyeWithQuery,
  isSignedIn,
  leavingClients,
  logoutServer,
  page,
  signInWith,
} from '../support/logout.js'
import { createBrowser, createClock, interactionOf, locationOf, web } from '../support/people.js'
import { bodyOf, get, issuer, now, requestToken, signingKeys } from '../support/server.js'

const frameUri = 'https://app.example.com/frame?a=b'

/** The interaction that a browser is led to. */
async function asked(server: AuthorizationServer, response: HttpResponse): Promise<string> {
  const id = interactionOf(response)
  if (id === undefined) throw new Error(`nobody asks: ${locationOf(response).href}`)
  expect(await server.interactions.find(id)).toMatchObject({ id, prompt: 'logout' })
  return id
}

/** An ID token as this server makes them, with other claims or another type. */
function forge(claims: Record<string, unknown>, typ = 'JWT'): Promise<string> {
  const { kid: _kid, ...jwk } = signingKeys[0]
  return new SignJWT({ iss: issuer, sub: 'alice', aud: 'web', iat: now, exp: now + 300, ...claims })
    .setProtectedHeader({ alg: 'RS256', typ })
    .sign(createPrivateKey({ key: jwk, format: 'jwk' }))
}

async function accessToken(): Promise<string> {
  const { response } = await requestToken(
    logoutServer({
      clients: [
        {
          clientId: 'client',
          clientSecrets: web.clientSecrets ?? [],
          allowedGrantTypes: ['client_credentials'],
          allowedScopes: ['read'],
        },
      ],
    }),
  )
  return String(response['access_token'])
}

describe('discovery', () => {
  it('tells where to sign out and how clients hear of it', async () => {
    const document = bodyOf(await get(logoutServer(), '/.well-known/openid-configuration'))
    expect(document).toMatchObject({
      end_session_endpoint: `${issuer}/end_session`,
      frontchannel_logout_supported: true,
      frontchannel_logout_session_supported: true,
      backchannel_logout_supported: true,
      backchannel_logout_session_supported: true,
    })
  })
})

describe('a client that knows whose session it ends', () => {
  it('gets its user back at once', async () => {
    const server = logoutServer()
    const { browser, idToken } = await signInWith(server)
    expect(await isSignedIn(server, browser)).toBe(true)
    const response = await browser.get(
      endSessionUrl({
        id_token_hint: idToken,
        client_id: 'web',
        post_logout_redirect_uri: goodbye,
        state: 'a b&c',
        logout_hint: 'ignored',
      }),
    )
    expect(response).toMatchObject({
      status: 303,
      headers: { location: `${goodbye}?state=a+b%26c`, 'cache-control': 'no-store' },
    })
    expect(deletesCookie(response)).toBe(true)
    expect(await isSignedIn(server, browser)).toBe(false)
  })

  it('ends the session itself, and not only the cookie', async () => {
    const server = logoutServer()
    const { browser, idToken } = await signInWith(server)
    const headers = browser.headers()
    await browser.get(endSessionUrl({ id_token_hint: idToken }))
    expect(await server.sessions.find({ headers })).toBeUndefined()
  })

  it('adds state to a query that is there', async () => {
    const server = logoutServer()
    const { browser, idToken } = await signInWith(server)
    const response = await browser.get(
      endSessionUrl({
        id_token_hint: idToken,
        post_logout_redirect_uri: goodbyeWithQuery,
        state: 's',
      }),
    )
    expect(response.headers['location']).toBe(`${goodbyeWithQuery}&state=s`)
  })

  it('keeps a redirect URI as it is without state', async () => {
    const server = logoutServer()
    const { browser, idToken } = await signInWith(server)
    const response = await browser.get(
      endSessionUrl({ id_token_hint: idToken, post_logout_redirect_uri: goodbyeWithQuery }),
    )
    expect(response.headers['location']).toBe(goodbyeWithQuery)
  })

  it('may post its request', async () => {
    const server = logoutServer()
    const { browser, idToken } = await signInWith(server)
    const form = new URLSearchParams({
      id_token_hint: idToken,
      post_logout_redirect_uri: goodbye,
      state: 's',
    })
    const response = await browser.post('/end_session', form.toString())
    expect(response.headers['location']).toBe(`${goodbye}?state=s`)
    expect(await isSignedIn(server, browser)).toBe(false)
  })

  it('may send an ID token that has expired', async () => {
    const clock = createClock()
    const server = logoutServer({ now: clock.now })
    const { browser, idToken } = await signInWith(server)
    clock.pass(301)
    expect(Number(decodeJwt(idToken).exp)).toBeLessThan(clock.now())
    await browser.get(endSessionUrl({ id_token_hint: idToken }))
    expect(await isSignedIn(server, browser)).toBe(false)
  })

  it('may send an ID token without sid', async () => {
    const server = logoutServer()
    const { browser } = await signInWith(server)
    await browser.get(endSessionUrl({ id_token_hint: await forge({}) }))
    expect(await isSignedIn(server, browser)).toBe(false)
  })

  it('has a page say so where there is nowhere to go', async () => {
    const server = logoutServer()
    const { browser, idToken } = await signInWith(server)
    const response = await browser.get(endSessionUrl({ id_token_hint: idToken, state: 's' }))
    expect(response).toMatchObject(page)
    expect(response.body).toContain('You are signed out')
    expect(response.body).not.toContain('href')
    expect(deletesCookie(response)).toBe(true)
  })

  it('may be gone by now', async () => {
    const store = createMemoryStore({ now: () => now })
    const { browser, idToken } = await signInWith(logoutServer({ store }))
    const [, ...others] = leavingClients
    const server = logoutServer({ store, clients: others })
    const response = await get(server, endSessionUrl({ id_token_hint: idToken }), browser.headers())
    expect(response).toMatchObject(page)
    expect(await isSignedIn(server, browser)).toBe(false)
  })
})

describe('a logout request that does not hold up', () => {
  it.each<[name: string, change: Record<string, string>, parameter: string]>([
    ['a hint that is no token', { id_token_hint: 'x' }, 'id_token_hint'],
    ['an unknown client', { client_id: 'nobody' }, 'client_id'],
    ['the client of another hint', { client_id: 'spa' }, 'client_id'],
    [
      'a redirect URI of another client',
      { post_logout_redirect_uri: 'https://spa.example.com/' },
      'post_logout_redirect_uri',
    ],
    [
      'a redirect URI that only begins like one',
      { post_logout_redirect_uri: `${goodbye}/more` },
      'post_logout_redirect_uri',
    ],
    [
      'a redirect URI that is for authorization',
      { post_logout_redirect_uri: 'https://app.example.com/callback' },
      'post_logout_redirect_uri',
    ],
    ['too many languages', { ui_locales: 'de '.repeat(101) }, 'ui_locales'],
  ])('is answered with a page: %s', async (_, change, parameter) => {
    const server = logoutServer()
    const { browser, idToken } = await signInWith(server)
    const response = await browser.get(
      endSessionUrl({
        id_token_hint: idToken,
        post_logout_redirect_uri: goodbye,
        state: 's',
        ...change,
      }),
    )
    expect(response).toMatchObject({ ...page, status: 400 })
    expect(response.headers).not.toHaveProperty('location')
    expect(response.body).toContain('invalid_request')
    expect(response.body).toContain(parameter)
    expect(await isSignedIn(server, browser)).toBe(true)
  })

  it('names no client for a redirect URI', async () => {
    const response = await get(logoutServer(), endSessionUrl({ post_logout_redirect_uri: goodbye }))
    expect(response.status).toBe(400)
    expect(response.headers).not.toHaveProperty('location')
    expect(response.body).toContain('post_logout_redirect_uri is one of a client')
  })

  it('names a client for a redirect URI that is gone', async () => {
    const response = await get(
      logoutServer(),
      endSessionUrl({
        id_token_hint: await forge({ aud: 'gone' }),
        post_logout_redirect_uri: goodbye,
      }),
    )
    expect(response.status).toBe(400)
    expect(response.headers).not.toHaveProperty('location')
  })

  it.each<[name: string, hint: () => Promise<string>]>([
    ['of another issuer', () => forge({ iss: 'https://other.example.com' })],
    ['without a user', () => forge({ sub: undefined })],
    ['of another type', () => forge({}, 'logout+jwt')],
    ['for several clients', () => forge({ aud: ['web', 'spa'] })],
    ['that is an access token', accessToken],
  ])('has a hint %s', async (_, hint) => {
    const server = logoutServer()
    const { browser } = await signInWith(server)
    const response = await browser.get(endSessionUrl({ id_token_hint: await hint() }))
    expect(response.status).toBe(400)
    expect(response.body).toContain('id_token_hint is not an ID token of this server')
    expect(await isSignedIn(server, browser)).toBe(true)
  })

  it('never repeats the hint', async () => {
    const events: ServerEvent[] = []
    const server = logoutServer({ onEvent: (event) => void events.push(event) })
    const { idToken } = await signInWith(server)
    const response = await get(server, endSessionUrl({ id_token_hint: `${idToken}x` }))
    expect(response.status).toBe(400)
    expect(JSON.stringify([response, events])).not.toContain(idToken.slice(-40))
  })
})

describe('a browser in which nobody is signed in', () => {
  it('goes straight back to the client', async () => {
    const response = await get(
      logoutServer(),
      endSessionUrl({ client_id: 'web', post_logout_redirect_uri: goodbye, state: 's' }),
    )
    expect(response).toMatchObject({ status: 303, headers: { location: `${goodbye}?state=s` } })
    expect(response.headers).not.toHaveProperty('set-cookie')
  })

  it('sees that it is signed out', async () => {
    const response = await get(logoutServer(), endSessionUrl())
    expect(response).toMatchObject(page)
    expect(response.body).toContain('You are signed out')
  })

  it('had a session that is over', async () => {
    const clock = createClock()
    const server = logoutServer({ now: clock.now })
    const { browser, idToken } = await signInWith(server)
    clock.pass(7200)
    const response = await browser.get(
      endSessionUrl({ id_token_hint: idToken, post_logout_redirect_uri: goodbye }),
    )
    expect(response.headers['location']).toBe(goodbye)
  })
})

describe('a page that may not know whose session it ends', () => {
  it.each<[name: string, parameters: (other: string) => Record<string, string>]>([
    ['without any parameter', () => ({})],
    ['with a client only', () => ({ client_id: 'web', post_logout_redirect_uri: goodbye })],
    ['with a hint about another user', (other) => ({ id_token_hint: other })],
  ])('has the user asked: %s', async (_, parameters) => {
    const server = logoutServer()
    const { browser } = await signInWith(server)
    const { idToken: other } = await signInWith(server, { subject: 'mallory' })
    const response = await browser.get(endSessionUrl(parameters(other)))
    expect(response.status).toBe(303)
    await asked(server, response)
    expect(await isSignedIn(server, browser)).toBe(true)
  })

  it('has the user asked about a hint without sid that is about another user', async () => {
    const server = logoutServer()
    const { browser } = await signInWith(server)
    const hint = await forge({ sub: 'mallory' })
    await asked(server, await browser.get(endSessionUrl({ id_token_hint: hint })))
    expect(await isSignedIn(server, browser)).toBe(true)
  })

  it('has the user asked about an earlier session of the same user', async () => {
    const server = logoutServer()
    const { idToken } = await signInWith(server)
    const { browser } = await signInWith(server)
    await asked(server, await browser.get(endSessionUrl({ id_token_hint: idToken })))
    expect(await isSignedIn(server, browser)).toBe(true)
  })

  it('tells the page what it is about', async () => {
    const server = logoutServer()
    const { browser } = await signInWith(server)
    const url = endSessionUrl({
      client_id: 'web',
      post_logout_redirect_uri: goodbye,
      state: 's',
      ui_locales: 'de en',
    })
    const interaction = await server.interactions.find(await asked(server, await browser.get(url)))
    expect(interaction).toMatchObject({
      client: { clientId: 'web', clientName: 'The web shop' },
      redirectUri: goodbye,
      uiLocales: ['de', 'en'],
      user: { subject: 'alice' },
    })
  })

  it('has the page speak as the browser wants, where the client does not say', async () => {
    const server = logoutServer()
    const { browser } = await signInWith(server)
    const response = await browser.get(endSessionUrl(), { 'accept-language': 'fr, de;q=0.5' })
    const interaction = await server.interactions.find(await asked(server, response))
    expect(interaction?.uiLocales).toEqual(['fr', 'de'])
  })

  it('gets the user back who agrees', async () => {
    const server = logoutServer()
    const { browser } = await signInWith(server)
    const url = endSessionUrl({ client_id: 'web', post_logout_redirect_uri: goodbye, state: 's' })
    const id = await asked(server, await browser.get(url))
    const response = await browser.get(await server.interactions.logout(id))
    expect(response.headers['location']).toBe(`${goodbye}?state=s`)
    expect(deletesCookie(response)).toBe(true)
    expect(await isSignedIn(server, browser)).toBe(false)
  })

  it('ends nothing when another browser brings the answer', async () => {
    const server = logoutServer()
    const { browser } = await signInWith(server)
    const { browser: other } = await signInWith(server, { subject: 'bob' })
    const id = await asked(server, await browser.get(endSessionUrl()))
    expect((await other.get(await server.interactions.logout(id))).status).toBe(400)
    expect(await isSignedIn(server, other)).toBe(true)
    expect(await isSignedIn(server, browser)).toBe(true)
  })

  it('gets the user back who stays signed in', async () => {
    const server = logoutServer()
    const { browser } = await signInWith(server)
    const url = endSessionUrl({ client_id: 'web', post_logout_redirect_uri: goodbye, state: 's' })
    const id = await asked(server, await browser.get(url))
    const response = await browser.get(await server.interactions.deny(id))
    expect(response.headers['location']).toBe(`${goodbye}?state=s`)
    expect(deletesCookie(response)).toBe(false)
    expect(await isSignedIn(server, browser)).toBe(true)
  })

  it('has a page tell who stays signed in, where there is nowhere to go', async () => {
    const server = logoutServer()
    const { browser } = await signInWith(server)
    const id = await asked(server, await browser.get(endSessionUrl()))
    const response = await browser.get(await server.interactions.deny(id))
    expect(response.body).toContain('the user stays signed in')
    expect(response.body).not.toContain('signed out')
    expect(await isSignedIn(server, browser)).toBe(true)
  })

  it('signs out who is there, also when nobody is any more', async () => {
    const server = logoutServer()
    const { browser, idToken } = await signInWith(server)
    const url = endSessionUrl({ client_id: 'web', post_logout_redirect_uri: goodbye })
    const id = await asked(server, await browser.get(url))
    await browser.get(endSessionUrl({ id_token_hint: idToken }))
    const response = await browser.get(await server.interactions.logout(id))
    expect(response.headers['location']).toBe(goodbye)
  })
})

describe('a form that a client posts from its own site', () => {
  const crossSite = { 'sec-fetch-site': 'cross-site' }

  /** What a browser sends that keeps its cookies back. */
  const postFrom = async (
    server: AuthorizationServer,
    form: Record<string, string>,
    headers = {},
  ) =>
    server.handle({
      method: 'POST',
      url: '/end_session',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: async () => new URLSearchParams(form).toString(),
    })

  it('is posted again by a page of ours, with the cookies', async () => {
    const server = logoutServer()
    const { browser, idToken } = await signInWith(server)
    const form = {
      id_token_hint: idToken,
      client_id: 'web',
      post_logout_redirect_uri: goodbye,
      state: '"s"',
      ui_locales: 'de',
    }
    const response = await postFrom(server, form, crossSite)
    expect(response).toMatchObject(page)
    expect(response?.headers).not.toHaveProperty('set-cookie')
    expect(response?.body).toContain(`<form method="post" action="${issuer}/end_session">`)
    const inputs = [...(response?.body ?? '').matchAll(/name="([^"]*)" value="([^"]*)"/g)]
    const again = Object.fromEntries(
      inputs.map(([, name, value = '']) => [name, value.replaceAll('&quot;', '"')]),
    ) as Record<string, string>
    expect(again).toEqual(form)
    const answer = await browser.post('/end_session', new URLSearchParams(again).toString())
    expect(answer.headers['location']).toBe(`${goodbye}?state=%22s%22`)
    expect(await isSignedIn(server, browser)).toBe(false)
  })

  it('goes on where nobody is signed in, and is not posted for ever', async () => {
    const form = { client_id: 'web', post_logout_redirect_uri: goodbye }
    const headers = { 'sec-fetch-site': 'same-origin' }
    const response = await postFrom(logoutServer(), form, headers)
    expect(response?.headers['location']).toBe(goodbye)
  })

  it('goes on in a browser that does not say where the form was, and leaves its cookies alone', async () => {
    const server = logoutServer()
    const { idToken } = await signInWith(server)
    const form = { id_token_hint: idToken, post_logout_redirect_uri: goodbye }
    const response = await postFrom(server, form)
    expect(response?.headers['location']).toBe(goodbye)
    expect(response?.headers).not.toHaveProperty('set-cookie')
  })

  it('is checked before anything else', async () => {
    const response = await postFrom(logoutServer(), { client_id: 'nobody' }, crossSite)
    expect(response?.status).toBe(400)
  })
})

describe('clients that hear of it in the browser', () => {
  const framed = { ...web, postLogoutRedirectUris: [goodbye], frontChannelLogoutUri: frameUri }

  it('are loaded in frames, with iss and sid, before the browser goes on', async () => {
    const server = logoutServer({ clients: [framed] })
    const { browser, idToken } = await signInWith(server)
    const { sid } = decodeJwt(idToken)
    const response = await browser.get(
      endSessionUrl({ id_token_hint: idToken, post_logout_redirect_uri: goodbye, state: 's' }),
    )
    expect(response).toMatchObject(page)
    const query = new URLSearchParams({ iss: issuer, sid: String(sid) }).toString()
    const source = `${frameUri}&${query}`.replaceAll('&', '&amp;')
    expect(response.body).toContain(`<iframe src="${source}"`)
    expect(response.body).toContain(`href="${goodbye}?state=s"`)
    expect(response.body).toContain('The web shop')
    expect(response.headers['content-security-policy']).toContain(
      'frame-src https://app.example.com',
    )
    expect(deletesCookie(response)).toBe(true)
  })

  it('get neither iss nor sid when they do not want them', async () => {
    const server = logoutServer({
      clients: [{ ...framed, frontChannelLogoutSessionRequired: false }],
    })
    const { browser, idToken } = await signInWith(server)
    const response = await browser.get(endSessionUrl({ id_token_hint: idToken }))
    expect(response.body).toContain(`<iframe src="${frameUri}"`)
  })

  it('are those that got something in the session', async () => {
    const [, other] = leavingClients
    const server = logoutServer({
      clients: [
        framed,
        { ...web, clientId: 'idle', frontChannelLogoutUri: 'https://idle.example.com/' },
        other ?? web,
      ],
    })
    const { browser, idToken } = await signInWith(server, { clientId: 'spa' })
    const response = await browser.get(endSessionUrl({ id_token_hint: idToken }))
    expect(response.body).toContain('You are signed out')
    expect(response.body).not.toContain('<iframe')
  })

  it('are asked of the application that has pages of its own', async () => {
    const shown: unknown[] = []
    const server = logoutServer({
      clients: [framed],
      pages: {
        loggedOut(about) {
          shown.push(about)
          return { status: 200, headers: {}, body: 'ours' }
        },
      },
    })
    const { browser, idToken } = await signInWith(server)
    const form = { id_token_hint: idToken, post_logout_redirect_uri: goodbye, state: 's' }
    const body = new URLSearchParams({ ...form, ui_locales: 'de' }).toString()
    expect((await browser.post('/end_session', body)).body).toBe('ours')
    expect(shown).toEqual([
      {
        clientName: 'The web shop',
        redirectUri: `${goodbye}?state=s`,
        frontChannelLogoutUris: [expect.stringContaining(`${frameUri}&iss=`) as string],
        uiLocales: ['de'],
      },
    ])
  })
})

describe('a store that fails', () => {
  it.each(['find', 'take'] as const)('lets nobody believe to be signed out: %s', async (method) => {
    const memory = createMemoryStore({ now: () => now })
    const { browser, idToken } = await signInWith(logoutServer({ store: memory }))
    const store = { ...memory, [method]: () => Promise.reject(new Error('connection lost')) }
    const response = await get(
      logoutServer({ store }),
      endSessionUrl({ id_token_hint: idToken, post_logout_redirect_uri: goodbye }),
      browser.headers(),
    )
    expect(response.status).toBe(503)
    expect(response.headers).toMatchObject({ 'retry-after': '5' })
    expect(response.body).not.toContain('connection lost')
    expect(deletesCookie(response)).toBe(false)
    expect(await isSignedIn(logoutServer({ store: memory }), browser)).toBe(true)
  })
})

describe('a path of its own', () => {
  it('is what discovery tells', async () => {
    const server = logoutServer({ paths: { endSession: '/connect/endsession' } })
    const document = bodyOf(await get(server, '/.well-known/openid-configuration'))
    expect(document['end_session_endpoint']).toBe(`${issuer}/connect/endsession`)
    const { browser, idToken } = await signInWith(server)
    await browser.get(`/connect/endsession?id_token_hint=${idToken}`)
    expect(await isSignedIn(server, browser)).toBe(false)
  })

  it('is for GET and POST', async () => {
    const browser = createBrowser(logoutServer())
    expect((await browser.post('/end_session', '')).status).toBe(200)
    const response = await logoutServer().handle({
      method: 'DELETE',
      url: '/end_session',
      headers: {},
      body: async () => '',
    })
    expect(response?.status).toBe(405)
  })
})
