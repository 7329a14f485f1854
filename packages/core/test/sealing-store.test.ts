import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createMemoryStore } from '../src/index.js'
import type { AuthorizationServer, RecordKind, Store } from '../src/index.js'
import {
  authorizationQuery,
  authorizeWith,
  createBrowser,
  peopleServer,
  redeem,
  refresh,
  signInAndRedeem,
  web,
} from './support/people.js'
import { isSignedIn } from './support/logout.js'
import { bodyOf, get, now } from './support/server.js'

const newDataKey = (): string => randomBytes(32).toString('base64')

const createStore = (): Store => createMemoryStore({ now: () => now })

const referring = { ...web, accessTokenType: 'reference', requireConsent: true } as const

/** What a login tells of alice that no token needs to find her by. */
const login = { subject: 'alice', amr: ['pwd'], claims: { diagnosis: 'a cold' } }

const scope = 'openid read offline_access'

const kinds: readonly RecordKind[] = [
  'authorization_code',
  'refresh_token',
  'reference_token',
  'session',
  'interaction',
  'consent',
]

async function dataOf(store: Store, kind: RecordKind): Promise<readonly unknown[]> {
  return (await store.list({ kind }, { limit: 10 })).records.map(({ data }) => data)
}

const userinfo = async (server: AuthorizationServer, token: unknown): Promise<number> =>
  (await get(server, '/userinfo', { authorization: `Bearer ${String(token)}` })).status

describe('a server with data keys', () => {
  it('keeps nothing that tells something of its people', async () => {
    const store = createStore()
    const server = peopleServer({ store, clients: [referring], dataKeys: [newDataKey()] })
    const browser = createBrowser(server)
    const answer = await authorizeWith(server, { scope }, { browser, login, remember: true })
    await redeem(server, answer.searchParams.get('code'))
    await browser.get(`/authorize?${authorizationQuery({ prompt: 'login' })}`)
    for (const kind of kinds) {
      const stored = await dataOf(store, kind)
      expect([kind, stored]).not.toEqual([kind, []])
      expect(JSON.stringify(stored)).not.toContain('diagnosis')
      const isText = stored.every((data) => typeof data === 'string')
      expect([kind, isText]).toEqual([kind, kind !== 'consent'])
    }
  })

  it('reads what it keeps, and what it kept with a key before', async () => {
    const store = createStore()
    const [old, next] = [newDataKey(), newDataKey()]
    const before = peopleServer({ store, clients: [referring], dataKeys: [old] })
    const browser = createBrowser(before)
    const answer = await authorizeWith(before, { scope }, { browser, login })
    const tokens = bodyOf(await redeem(before, answer.searchParams.get('code')))
    const after = peopleServer({ store, clients: [referring], dataKeys: [next, old] })
    expect(await userinfo(after, tokens['access_token'])).toBe(200)
    expect((await refresh(after, tokens['refresh_token'])).status).toBe(200)
    expect(await isSignedIn(after, browser)).toBe(true)
    expect(await after.administration.listSessions({ subject: 'alice' })).toMatchObject({
      items: [{ subject: 'alice' }],
    })
  })

  it('reads what was kept before there were any', async () => {
    const store = createStore()
    const before = peopleServer({ store, dataKeys: [] })
    const { refresh_token: token } = await signInAndRedeem(before, { scope })
    const after = peopleServer({ store, dataKeys: [newDataKey()] })
    expect((await refresh(after, token)).status).toBe(200)
  })

  it.each([
    ['another data key', [newDataKey()]],
    ['none', []],
  ])('answers 503 and loses nothing where a node has %s', async (_, dataKeys) => {
    const store = createStore()
    const right = peopleServer({ store, dataKeys: [newDataKey()] })
    const { refresh_token: token } = await signInAndRedeem(right, { scope })
    const causes: unknown[] = []
    const wrong = peopleServer({
      store,
      dataKeys,
      onEvent: (event) => event.type === 'server_error' && causes.push(event.cause),
    })
    expect(await refresh(wrong, token)).toMatchObject({
      status: 503,
      headers: { 'retry-after': '5' },
    })
    expect(String(causes[0])).toContain('which is not among dataKeys')
    expect((await refresh(right, token)).status).toBe(200)
  })

  it('settles a write whose answer got lost, though no two encryptions are the same', async () => {
    const memory = createStore()
    let isLost = false
    const store: Store = {
      ...memory,
      async replace(record) {
        const isReplaced = await memory.replace(record)
        if (!isLost) return isReplaced
        isLost = false
        throw new Error('connection reset')
      },
    }
    const rotating = {
      ...web,
      refreshTokenUsage: 'oneTimeOnly',
      refreshTokenReuseInterval: 0,
    } as const
    const server = peopleServer({ store, clients: [rotating], dataKeys: [newDataKey()] })
    const { refresh_token: token } = await signInAndRedeem(server, { scope })
    isLost = true
    const response = await refresh(server, token)
    expect(response.status).toBe(200)
    expect((await refresh(server, bodyOf(response)['refresh_token'])).status).toBe(200)
  })
})
