import { createServer } from 'node:http'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose'
import type { JSONWebKeySet, JWTPayload } from 'jose'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createMemoryStore } from '../../src/index.js'
import type { AuthorizationServer, Client, ServerContext, Store } from '../../src/index.js'
import { resolveOptions } from '../../src/options.js'
import { endSession } from '../../src/authorization/end-session.js'
import { sessions } from '../../src/authorization/browser-session.js'
import type { SessionEntry } from '../../src/authorization/browser-session.js'
import {
  createEventLog,
  endSessionUrl,
  goodbye,
  isSignedIn,
  logoutServer,
  signInWith,
} from '../support/logout.js'
import type { SignedIn } from '../support/logout.js'
import { resources, spa, web } from '../support/people.js'
import { bodyOf, dataKeys, get, issuer, now, signingKeys } from '../support/server.js'

afterEach(() => vi.restoreAllMocks())

type Fetch = typeof globalThis.fetch

/** Clients that want to be told at these addresses. */
const told = (...uris: readonly string[]): readonly Client[] =>
  uris.map((backChannelLogoutUri, index) => ({
    ...spa,
    clientId: `client-${index}`,
    backChannelLogoutUri,
  }))

const address = 'https://client.example.com/logout'

/** Signs a user in at every one of these clients, in one browser. */
async function signInEverywhere(
  server: AuthorizationServer,
  clients: readonly Client[],
): Promise<SignedIn> {
  let signedIn = await signInWith(server, { clientId: clients[0]?.clientId ?? '' })
  for (const { clientId } of clients.slice(1)) {
    signedIn = await signInWith(server, { clientId, browser: signedIn.browser })
  }
  return signedIn
}

const signOut = ({ browser, idToken }: SignedIn) =>
  browser.get(endSessionUrl({ id_token_hint: idToken }))

/** What was sent to a client, as the injected `fetch` got it. */
interface Sent {
  readonly uri: string
  readonly init: RequestInit
  readonly claims: JWTPayload
  readonly token: string
}

/** A network on which the n-th request is answered as a test says. */
function network(answer: (sent: Sent, attempt: number) => Response | Promise<Response>): {
  readonly fetch: Fetch
  readonly sent: readonly Sent[]
} {
  const sent: Sent[] = []
  return {
    sent,
    fetch: async (input, init = {}) => {
      if (typeof input !== 'string' || typeof init.body !== 'string') throw new Error('no form')
      const token = new URLSearchParams(init.body).get('logout_token') ?? ''
      const entry = { uri: input, init, token, claims: decodeJwt(token) }
      sent.push(entry)
      return answer(entry, sent.filter(({ uri }) => uri === input).length)
    },
  }
}

/** A wait that is over at once, and what was waited for. */
function recordedWait(): {
  readonly wait: (seconds: number) => Promise<void>
  readonly waits: readonly number[]
} {
  const waits: number[] = []
  return { waits, wait: async (seconds) => void waits.push(seconds) }
}

const ok = () => new Response(null, { status: 200 })

/** Ends the session of one client on such a network, and gives what came of it. */
async function endOn(
  answer: (sent: Sent, attempt: number) => Response | Promise<Response>,
  client: Partial<Client> = {},
) {
  const clients = told(address).map((entry) => ({ ...entry, ...client }))
  const log = createEventLog()
  const { fetch, sent } = network(answer)
  const { wait, waits } = recordedWait()
  const server = logoutServer({ clients, fetch, wait, onEvent: log.onEvent })
  const signedIn = await signInEverywhere(server, clients)
  const response = await signOut(signedIn)
  const [event] = await log.untilLogouts(1)
  return { server, signedIn, response, event, sent, waits, logouts: log.logouts }
}

describe('a logout token', () => {
  it('reaches a client over HTTP and can be verified with the JWK Set', async () => {
    const requests: { readonly request: IncomingMessage; readonly body: string }[] = []
    const listener = createServer(async (request, response) => {
      let body = ''
      for await (const chunk of request) body += String(chunk)
      requests.push({ request, body })
      response.end('thank you')
    })
    await new Promise<void>((resolve) => void listener.listen(0, '127.0.0.1', resolve))
    try {
      const { port } = listener.address() as AddressInfo
      const clients = told(`http://127.0.0.1:${port}/logout?x=1`)
      const log = createEventLog()
      const server = logoutServer({ clients, onEvent: log.onEvent })
      const signedIn = await signInEverywhere(server, clients)
      const { sid } = decodeJwt(signedIn.idToken)
      await signOut(signedIn)

      expect(await log.untilLogouts(1)).toEqual([
        { type: 'logout_delivered', clientId: 'client-0', sessionId: sid, attempts: 1 },
      ])
      expect(requests).toHaveLength(1)
      const [received] = requests
      expect(received?.request.method).toBe('POST')
      expect(received?.request.url).toBe('/logout?x=1')
      expect(received?.request.headers['content-type']).toBe('application/x-www-form-urlencoded')
      const form = new URLSearchParams(received?.body)
      expect([...form.keys()]).toEqual(['logout_token'])
      const jwks = bodyOf(await get(server, '/.well-known/jwks.json')) as unknown as JSONWebKeySet
      const { payload } = await jwtVerify(form.get('logout_token') ?? '', createLocalJWKSet(jwks), {
        issuer,
        audience: 'client-0',
        typ: 'logout+jwt',
        currentDate: new Date(now * 1000),
      })
      expect(payload).toEqual({
        iss: issuer,
        sub: 'alice',
        aud: 'client-0',
        iat: now,
        exp: now + 120,
        jti: expect.stringMatching(/^[\w-]{36}$/) as string,
        sid,
        events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
      })
    } finally {
      await new Promise((resolve) => void listener.close(resolve))
    }
  })

  it('is signed as the ID tokens of the client are', async () => {
    const { sent, signedIn } = await endOn(ok, { allowedIdentityTokenSigningAlgorithms: ['ES256'] })
    expect(sent.map(({ token }) => decodeProtectedHeader(token))).toEqual([
      expect.objectContaining({ alg: 'ES256', typ: 'logout+jwt' }) as object,
    ])
    expect(decodeProtectedHeader(signedIn.idToken)).toMatchObject({ alg: 'ES256' })
  })

  it('is no hint about anybody', async () => {
    const { server, sent } = await endOn(ok)
    const { browser } = await signInWith(server, { clientId: 'client-0' })
    const url = endSessionUrl({ id_token_hint: sent[0]?.token ?? '' })
    expect((await browser.get(url)).status).toBe(400)
    expect(await isSignedIn(server, browser)).toBe(true)
  })
})

describe('who is told', () => {
  it('are the clients of the session that want to know', async () => {
    const clients = [
      ...told('https://one.example.com/', 'https://two.example.com/', 'https://idle.example.com/'),
      { ...spa, clientId: 'deaf' },
    ]
    const log = createEventLog()
    const { fetch, sent } = network(ok)
    const server = logoutServer({ clients, fetch, onEvent: log.onEvent })
    const users = clients.filter(({ clientId }) => clientId !== 'client-2')
    await signOut(await signInEverywhere(server, users))
    await log.untilLogouts(2)
    // Side by side: nobody knows which arrives first.
    expect(sent.map(({ uri, claims }) => `${uri} ${String(claims.aud)}`).toSorted()).toEqual([
      'https://one.example.com/ client-0',
      'https://two.example.com/ client-1',
    ])
    expect(new Set(sent.map(({ claims }) => claims.jti)).size).toBe(2)
  })

  it('are those of the session that ends, and of no other session of the user', async () => {
    const clients = told('https://one.example.com/', 'https://two.example.com/')
    const [one, two] = clients
    const log = createEventLog()
    const { fetch, sent } = network(ok)
    const server = logoutServer({ clients, fetch, onEvent: log.onEvent })
    await signInWith(server, { clientId: one?.clientId ?? '' })
    await signOut(await signInWith(server, { clientId: two?.clientId ?? '' }))
    await log.untilLogouts(1)
    expect(sent.map(({ uri }) => uri)).toEqual(['https://two.example.com/'])
  })

  it('are told when the user has agreed, and not before', async () => {
    const clients = told(address)
    const log = createEventLog()
    const { fetch, sent } = network(ok)
    const server = logoutServer({ clients, fetch, onEvent: log.onEvent })
    const { browser } = await signInEverywhere(server, clients)
    const { location = '' } = (await browser.get(endSessionUrl())).headers
    const id = String(location).split('/').at(-1) ?? ''
    expect(sent).toEqual([])
    await browser.get(await server.interactions.logout(id))
    await log.untilLogouts(1)
    expect(sent).toHaveLength(1)
  })

  it('are told when somebody else signs in in the browser', async () => {
    const clients = told(address)
    const log = createEventLog()
    const { fetch, sent } = network(ok)
    const server = logoutServer({ clients, fetch, onEvent: log.onEvent })
    const { browser, idToken } = await signInEverywhere(server, clients)
    await signInWith(server, {
      browser,
      clientId: 'client-0',
      subject: 'bob',
      prompt: 'login',
    })
    await log.untilLogouts(1)
    expect(sent.map(({ claims }) => [claims.sub, claims['sid']])).toEqual([
      ['alice', decodeJwt(idToken)['sid']],
    ])
    expect(await server.sessions.find({ headers: browser.headers() })).toMatchObject({
      subject: 'bob',
    })
  })

  it('hear nothing when the same user signs in again', async () => {
    const clients = told(address)
    const log = createEventLog()
    const { fetch, sent } = network(ok)
    const server = logoutServer({ clients, fetch, onEvent: log.onEvent })
    const { browser } = await signInEverywhere(server, clients)
    const again = await signInWith(server, { browser, clientId: 'client-0', prompt: 'login' })
    expect(sent).toEqual([])
    await signOut(again)
    await log.untilLogouts(1)
    expect(sent).toHaveLength(1)
  })

  it('are told once when two requests end the session at once', async () => {
    const clients = told(address)
    const memory = createMemoryStore({ now: () => now })
    const server = logoutServer({ clients, store: memory })
    const signedIn = await signInEverywhere(server, clients)

    const found: (() => void)[] = []
    const store: Store = {
      ...memory,
      // Nobody takes the session before both have found it.
      async find(kind, id) {
        const record = await memory.find(kind, id)
        if (kind === 'session') {
          await new Promise<void>((resolve) => {
            if (found.push(resolve) === 2) for (const go of found) go()
          })
        }
        return record
      },
    }
    const log = createEventLog()
    const { fetch } = network(ok)
    // Each logout token has one, and it is made before the browser is answered.
    const randomId = vi.fn<() => string>(() => 'jti')
    const ending = logoutServer({ clients, store, fetch, randomId, onEvent: log.onEvent })
    const request = {
      method: 'GET',
      url: endSessionUrl({ id_token_hint: signedIn.idToken }),
      headers: signedIn.browser.headers(),
      body: async () => '',
    }
    const answers = await Promise.all([ending.handle(request), ending.handle(request)])
    expect(answers.map((answer) => answer?.status)).toEqual([200, 200])
    expect(found).toHaveLength(2)
    expect(randomId).toHaveBeenCalledTimes(1)
    await log.untilLogouts(1)
  })
})

describe('a client that cannot be told', () => {
  it.each<[name: string, answer: () => Response]>([
    [
      'the network fails',
      () => {
        throw new TypeError('fetch failed')
      },
    ],
    [
      'it takes too long',
      () => {
        throw new DOMException('the operation timed out', 'TimeoutError')
      },
    ],
    ['it answers 500', () => new Response('no', { status: 500 })],
    ['it answers 503', () => new Response('no', { status: 503 })],
    ['it answers 429', () => new Response('no', { status: 429 })],
  ])('is told again until it hears: %s', async (_, fail) => {
    const { event, sent, waits } = await endOn((_sent, attempt) => (attempt < 3 ? fail() : ok()))
    expect(event).toMatchObject({ type: 'logout_delivered', clientId: 'client-0', attempts: 3 })
    expect(waits).toEqual([1, 5])
    expect(sent).toHaveLength(3)
  })

  it('is told with a new token each time', async () => {
    const { sent } = await endOn(
      (_, attempt) => new Response(null, { status: attempt < 3 ? 500 : 200 }),
    )
    expect(new Set(sent.map(({ claims }) => claims.jti)).size).toBe(3)
  })

  it.each([400, 401, 404, 302, 307])('is not told again when it answers %s', async (status) => {
    const { event, sent, waits } = await endOn(
      () => new Response(null, { status, headers: { location: 'https://elsewhere.example.com/' } }),
    )
    expect(event).toMatchObject({
      type: 'logout_failed',
      clientId: 'client-0',
      attempts: 1,
      cause: new Error(`the client answered with status ${status}`),
    })
    expect(waits).toEqual([])
    expect(sent.map(({ uri }) => uri)).toEqual([address])
  })

  it('is given up after three attempts, and keeps nobody signed in', async () => {
    const { server, signedIn, response, event, sent, waits, logouts } = await endOn(() => {
      throw new TypeError('fetch failed')
    })
    expect(event).toEqual({
      type: 'logout_failed',
      clientId: 'client-0',
      sessionId: decodeJwt(signedIn.idToken)['sid'],
      attempts: 3,
      cause: new TypeError('fetch failed'),
    })
    expect(waits).toEqual([1, 5])
    expect(sent).toHaveLength(3)
    expect(logouts()).toHaveLength(1)
    expect(response.status).toBe(200)
    expect(await isSignedIn(server, signedIn.browser)).toBe(false)
  })

  it('is given up when nobody waits any longer', async () => {
    const clients = told(address)
    const log = createEventLog()
    const { fetch, sent } = network(() => new Response(null, { status: 503 }))
    const server = logoutServer({
      clients,
      fetch,
      wait: () => Promise.reject(new Error('stopping')),
      onEvent: log.onEvent,
    })
    await signOut(await signInEverywhere(server, clients))
    expect(await log.untilLogouts(1)).toMatchObject([
      {
        type: 'logout_failed',
        attempts: 1,
        cause: new Error('the client answered with status 503'),
      },
    ])
    expect(sent).toHaveLength(1)
  })

  it('is cut off after 5 seconds, and not followed elsewhere', async () => {
    const { signal } = new AbortController()
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(signal)
    const { sent } = await endOn(ok)
    expect(timeout.mock.calls).toEqual([[5000]])
    expect(sent[0]?.init).toMatchObject({ signal, redirect: 'manual' })
  })

  it('is no place to which a redirect could lead a token', async () => {
    const paths: (string | undefined)[] = []
    const listener = createServer((request, response) => {
      paths.push(request.url)
      response.writeHead(307, { location: '/elsewhere' }).end()
    })
    await new Promise<void>((resolve) => void listener.listen(0, '127.0.0.1', resolve))
    try {
      const { port } = listener.address() as AddressInfo
      const clients = told(`http://127.0.0.1:${port}/logout`)
      const log = createEventLog()
      const server = logoutServer({ clients, onEvent: log.onEvent })
      await signOut(await signInEverywhere(server, clients))
      expect(await log.untilLogouts(1)).toMatchObject([{ type: 'logout_failed', attempts: 1 }])
      expect(paths).toEqual(['/logout'])
    } finally {
      await new Promise((resolve) => void listener.close(resolve))
    }
  })

  it('holds up neither the browser nor other clients', async () => {
    const clients = told(
      'https://one.example.com/',
      'https://dead.example.com/',
      'https://two.example.com/',
    ).map((client) => ({ ...client, postLogoutRedirectUris: [goodbye] }))
    const log = createEventLog()
    const { fetch, sent } = network(({ uri }) =>
      uri === 'https://dead.example.com/' ? new Promise<never>(() => undefined) : ok(),
    )
    const server = logoutServer({ clients, fetch, onEvent: log.onEvent })
    const { browser, idToken } = await signInEverywhere(server, clients)
    const response = await browser.get(
      endSessionUrl({ id_token_hint: idToken, post_logout_redirect_uri: goodbye }),
    )
    expect(response.headers['location']).toBe(goodbye)
    expect(await log.untilLogouts(2)).toMatchObject([
      { type: 'logout_delivered' },
      { type: 'logout_delivered' },
    ])
    const heard = log.logouts().map((event) => 'clientId' in event && event.clientId)
    expect(new Set(heard)).toEqual(new Set(['client-0', 'client-2']))
    await vi.waitFor(() => {
      expect(sent).toHaveLength(3)
    })
  })

  it('is reported without any token or secret', async () => {
    const { event, sent } = await endOn(() => new Response('x', { status: 400 }))
    const { cause, ...members } = event as { readonly cause: Error }
    const text = JSON.stringify(members) + String(cause.stack)
    expect(sent[0]?.token).toMatch(/^eyJ/)
    expect(text).not.toContain('eyJ')
  })
})

/** The session of alice, as something inside the server sees it. */
async function sessionOfAlice(context: ServerContext): Promise<SessionEntry> {
  const [session] = await sessions(context).list({ subject: 'alice' })
  if (session?.sessionId === undefined) throw new Error('alice is not signed in')
  return { ...session, sessionId: session.sessionId }
}

describe('a session that changes while it ends', () => {
  it('tells a client that got something in it meanwhile', async () => {
    const clients = told('https://one.example.com/', 'https://two.example.com/')
    const [one, two] = clients
    const store = createMemoryStore({ now: () => now })
    const { fetch } = network(ok)
    const { context } = resolveOptions({
      issuer,
      resources,
      clients,
      signingKeys,
      dataKeys,
      store,
      fetch,
      now: () => now,
    })
    const server = logoutServer({ clients, store })
    const { browser } = await signInWith(server, { clientId: one?.clientId ?? '' })
    const session = await sessionOfAlice(context)
    await signInWith(server, { browser, clientId: two?.clientId ?? '' })
    const notices = await endSession(session, context)
    expect(notices.map(({ client }) => client.clientId)).toEqual(['client-0', 'client-1'])
  })
})

describe('a client that cannot be looked up', () => {
  it('is reported, and the others are told all the same', async () => {
    const clients = told('https://one.example.com/', 'https://two.example.com/')
    const store = createMemoryStore({ now: () => now })
    const log = createEventLog()
    const { fetch, sent } = network(ok)
    const { context } = resolveOptions({
      issuer,
      resources,
      clients,
      signingKeys,
      dataKeys,
      store,
      fetch,
      now: () => now,
      onEvent: log.onEvent,
    })
    const { browser } = await signInEverywhere(logoutServer({ clients, store }), clients)
    const cause = new Error('connection lost')
    const find: ServerContext['clients']['find'] = (id) =>
      id === 'client-0' ? Promise.reject(cause) : context.clients.find(id)
    const notices = await endSession(await sessionOfAlice(context), {
      ...context,
      clients: { ...context.clients, find },
    })
    expect(notices.map(({ client }) => client.clientId)).toEqual(['client-1'])
    expect(await log.untilLogouts(2)).toMatchObject([
      { type: 'logout_failed', clientId: 'client-0', attempts: 0, cause },
      { type: 'logout_delivered', clientId: 'client-1', attempts: 1 },
    ])
    expect(sent.map(({ uri }) => uri)).toEqual(['https://two.example.com/'])
    expect(await isSignedIn(logoutServer({ clients, store }), browser)).toBe(false)
  })
})

describe('the wait between attempts', () => {
  it('keeps no process from ending', async () => {
    const { context } = resolveOptions({ issuer, resources, clients: [web], signingKeys })
    const before = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
    const waiting = context.wait(3600)
    const after = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
    expect(waiting).toBeInstanceOf(Promise)
    expect(after).toBe(before)
  })
})
