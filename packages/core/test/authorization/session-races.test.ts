import { describe, expect, it } from 'vitest'
import { createMemoryStore } from '../../src/index.js'
import type { Client, RecordKind, Store } from '../../src/index.js'
import { endSessionUrl, leavingClients, logoutServer, signInWith } from '../support/logout.js'
import { authorizationQuery, authorizeWith, locationOf, redeem, spa } from '../support/people.js'
import { bodyOf, now } from '../support/server.js'

const many: readonly Client[] = Array.from({ length: 20 }, (_, index) => ({
  ...spa,
  clientId: `client-${index}`,
  frontChannelLogoutUri: `https://client-${index}.example.com/logout`,
}))

/** A store in which a session ends at the moment in which it is to be used. */
function storeWithoutUse(): Store {
  const store = createMemoryStore()
  return {
    ...store,
    async replace(record) {
      if (record.kind === 'session') await store.take('session', record.id)
      return store.replace(record)
    },
  }
}

/** A store in which something else happens once, just before a record of a kind is added or taken. */
function createMeddledStore(method: 'insert' | 'take', kind: RecordKind) {
  const store = createMemoryStore({ now: () => now })
  const meddler: { act?: () => Promise<unknown> } = {}
  async function meddle(other: RecordKind): Promise<void> {
    const { act } = meddler
    if (act === undefined || other !== kind) return
    delete meddler.act
    await act()
  }
  const meddled: Store = {
    ...store,
    async insert(record) {
      if (method === 'insert') await meddle(record.kind)
      return store.insert(record)
    },
    async take(other, id) {
      if (method === 'take') await meddle(other)
      return store.take(other, id)
    },
  }
  return { store: meddled, meddler }
}

describe('a session', () => {
  it('ends at every client that got something in it at the same time', async () => {
    const server = logoutServer({ clients: [...leavingClients, ...many] })
    const { browser, idToken } = await signInWith(server)
    const answers = await Promise.all(
      many.map(({ clientId }) =>
        browser.get(`/authorize?${authorizationQuery({ client_id: clientId })}`),
      ),
    )
    expect(answers.every((answer) => locationOf(answer).searchParams.has('code'))).toBe(true)
    const { body = '' } = await browser.get(endSessionUrl({ id_token_hint: idToken }))
    const told = [...body.matchAll(/<iframe src="https:\/\/(client-\d+)\./g)].map(([, id]) => id)
    expect(new Set(told)).toEqual(new Set(many.map(({ clientId }) => clientId)))
  })

  it('gives no code when it ends meanwhile, for its clients have been told by then', async () => {
    const server = logoutServer({ store: storeWithoutUse() })
    const answer = await authorizeWith(server, { scope: 'openid' })
    expect(Object.fromEntries(answer.searchParams)).toMatchObject({ error: 'login_required' })
    expect(answer.searchParams.has('code')).toBe(false)
  })

  it('gives no code when an administrator ends it just before the code is there', async () => {
    const { store, meddler } = createMeddledStore('insert', 'authorization_code')
    const server = logoutServer({ store })
    const { browser } = await signInWith(server)
    meddler.act = () => server.administration.revoke({ subject: 'alice' })
    const answer = await authorizeWith(server, { prompt: 'none' }, { browser })
    expect(Object.fromEntries(answer.searchParams)).toMatchObject({ error: 'login_required' })
    expect(answer.searchParams.has('code')).toBe(false)
  })

  it('takes along a code that was issued while it ended', async () => {
    const { store, meddler } = createMeddledStore('take', 'session')
    const server = logoutServer({ store })
    const { browser, idToken } = await signInWith(server)
    let code: string | null = null
    meddler.act = async () => {
      code = (await authorizeWith(server, {}, { browser })).searchParams.get('code')
    }
    await browser.get(endSessionUrl({ id_token_hint: idToken }))
    expect(code).toMatch(/^[\w-]{43}$/)
    expect((await redeem(server, code)).status).toBe(400)
  })

  it('takes the codes along that nobody has redeemed', async () => {
    const server = logoutServer()
    const { browser, idToken } = await signInWith(server)
    const codeFor = async (): Promise<string | null> =>
      (await authorizeWith(server, {}, { browser })).searchParams.get('code')
    const [left, redeemed] = [await codeFor(), await codeFor()]
    await redeem(server, redeemed)
    await browser.get(endSessionUrl({ id_token_hint: idToken }))

    const late = await redeem(server, left)
    expect([late.status, bodyOf(late)['error']]).toEqual([400, 'invalid_grant'])
    // That a code was redeemed has to be known for longer: a second use is a theft.
    const again = await redeem(server, redeemed)
    expect(bodyOf(again)['error_description']).toMatch(/used before/)
  })
})
