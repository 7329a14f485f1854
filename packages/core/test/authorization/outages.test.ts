import { isOAuthError } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { createMemoryStore } from '../../src/index.js'
import type { AuthorizationServer, Client, Store } from '../../src/index.js'
import { outage } from '../support/failing-store.js'
import {
  authorizeWith,
  createBrowser,
  peopleServer,
  redeem,
  refresh,
  signInAndRedeem,
  spa,
  web,
} from '../support/people.js'
import type { TestBrowser } from '../support/people.js'
import { bodyOf } from '../support/server.js'

/** A store that fails once: at the call that a test chooses. */
function createFragileStore(): { readonly store: Store; readonly failAt: (call: number) => void } {
  const memory = createMemoryStore()
  let callsLeft = Infinity
  async function counted<Answer>(call: () => Promise<Answer>): Promise<Answer> {
    callsLeft -= 1
    if (callsLeft === 0) throw outage
    return call()
  }
  return {
    failAt: (call) => void (callsLeft = call),
    store: {
      insert: (record) => counted(() => memory.insert(record)),
      find: (kind, id) => counted(() => memory.find(kind, id)),
      take: (kind, id) => counted(() => memory.take(kind, id)),
      replace: (record) => counted(() => memory.replace(record)),
      removeAll: (filter) => counted(() => memory.removeAll(filter)),
      list: (filter, page) => counted(() => memory.list(filter, page)),
      removeExpired: (limit) => counted(() => memory.removeExpired(limit)),
    },
  }
}

const calls = Array.from({ length: 12 }, (_, index) => index + 1)

const rotating: Client = { ...web, refreshTokenUsage: 'oneTimeOnly', refreshTokenReuseInterval: 0 }

/** What a client gets who sends its user, wherever it is told: at its redirect URI, with a page, or by a report. */
async function outcomeOf(server: AuthorizationServer, browser: TestBrowser): Promise<string> {
  try {
    const { searchParams } = await authorizeWith(server, {}, { browser, remember: true })
    return searchParams.has('code') ? 'code' : (searchParams.get('error') ?? 'nothing')
  } catch (error) {
    if (isOAuthError(error)) return error.code
    return String(error).startsWith('Error: 503, ') ? 'temporarily_unavailable' : String(error)
  }
}

describe.each(calls)('a store that fails at call %d', (call) => {
  it('costs nobody a code', async () => {
    const { store, failAt } = createFragileStore()
    const server = peopleServer({ store })
    const answer = await authorizeWith(server, { scope: 'openid read offline_access' })
    const code = answer.searchParams.get('code')
    failAt(call)
    const first = await redeem(server, code)
    failAt(Infinity)
    if (first.status === 200) return
    expect([first.status, bodyOf(first)['error']]).toEqual([503, 'temporarily_unavailable'])
    expect(first.headers['retry-after']).toBe('5')
    expect(bodyOf(await redeem(server, code))).toMatchObject({
      scope: 'openid read offline_access',
    })
  })

  it.each([
    ['that rotates', rotating],
    ['that stays', web],
  ])('costs nobody a refresh token %s', async (_, client) => {
    const { store, failAt } = createFragileStore()
    const server = peopleServer({ store, clients: [client, spa] })
    const { refresh_token: token } = await signInAndRedeem(server, {
      scope: 'openid read offline_access',
    })
    failAt(call)
    const first = await refresh(server, token)
    failAt(Infinity)
    if (first.status === 200) return
    expect([first.status, bodyOf(first)['error']]).toEqual([503, 'temporarily_unavailable'])
    const second = await refresh(server, token)
    expect(second.status).toBe(200)
    expect((await refresh(server, bodyOf(second)['refresh_token'])).status).toBe(200)
  })

  it('is told to the client, and a new request is answered', async () => {
    const { store, failAt } = createFragileStore()
    const server = peopleServer({ store, clients: [{ ...web, requireConsent: true }] })
    const browser = createBrowser(server)
    failAt(call)
    expect(await outcomeOf(server, browser)).toMatch(/^(?:code|temporarily_unavailable)$/)
    failAt(Infinity)
    expect(await outcomeOf(server, browser)).toBe('code')
  })
})
