import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { AuthorizationServer, Store } from '../../src/index.js'
import { createCluster, day, publishedKids } from '../support/keys.js'
import { outage } from '../support/failing-store.js'
import { bodyOf, get, post, requestToken, userGrant } from '../support/server.js'

const clientCredentials = { grant_type: 'client_credentials' }

type Mode = 'works' | 'fails' | 'hangs'

/** A store that a test takes away, as far as keys are concerned, and that counts who asks. */
function createFragile() {
  let mode: Mode = 'works'
  let asked = 0
  const waits: (() => void)[] = []
  const wrap = (store: Store): Store => ({
    ...store,
    list: async (filter, page) => {
      asked += 1
      if (mode === 'fails') throw outage
      if (mode === 'hangs') await new Promise(() => undefined)
      return store.list(filter, page)
    },
  })
  return {
    wrap,
    /** Passes for the timers of the server: resolves when the test says so. */
    wait: () => new Promise<void>((resolve) => void waits.push(resolve)),
    endPatience: () => {
      for (const resolve of waits.splice(0)) resolve()
    },
    set: (next: Mode) => void (mode = next),
    count: () => asked,
  }
}

async function settled(): Promise<void> {
  // In the first turn of the event loop the request is taken up, and by the end of the second its promises have settled.
  await turn()
  await turn()
}

const statusOf = async (server: AuthorizationServer): Promise<number> =>
  (await post(server, clientCredentials)).status

describe('a store that fails', () => {
  it('is 503 with Retry-After for a server that has read no key', async () => {
    const fragile = createFragile()
    const { node, events } = createCluster(fragile.wrap)
    fragile.set('fails')
    const server = node()
    for (const response of [
      await post(server, clientCredentials),
      await get(server, '/.well-known/jwks.json'),
    ]) {
      expect(response.status).toBe(503)
      expect(response.headers['retry-after']).toBe('5')
      expect(bodyOf(response)['error']).toBe('temporarily_unavailable')
    }
    expect(events).toMatchObject([{ cause: outage }, { cause: outage }])
    expect((await get(server, '/.well-known/openid-configuration')).status).toBe(200)
    fragile.set('works')
    expect(await statusOf(server)).toBe(200)
  })

  it('is told to who waits until the server is ready', async () => {
    const fragile = createFragile()
    const { node } = createCluster(fragile.wrap)
    fragile.set('fails')
    const server = node()
    await expect(server.ready()).rejects.toMatchObject({ cause: outage })
    fragile.set('works')
    await server.ready()
    const asked = fragile.count()
    expect(await statusOf(server)).toBe(200)
    expect(fragile.count()).toBe(asked)
  })

  it('changes nothing for one that has, however long it is away', async () => {
    const fragile = createFragile()
    const { node, clock, events } = createCluster(fragile.wrap)
    const server = node()
    const kids = await publishedKids(server)
    fragile.set('fails')
    clock.pass(300 * day)
    expect(await publishedKids(server)).toEqual(kids)
    expect((await requestToken(server)).header.kid).toBe(kids[0])
    expect(events.filter(({ type }) => type === 'keys_not_read')).toEqual([
      { type: 'keys_not_read', cause: outage },
    ])
    fragile.set('works')
    clock.pass(10)
    expect(await publishedKids(server)).toHaveLength(2)
  })

  it('takes the keys in turn that are already known', async () => {
    const fragile = createFragile()
    const { node, clock } = createCluster(fragile.wrap)
    const server = node()
    await publishedKids(server)
    await server.keys.rotate()
    const [first, second] = await publishedKids(server)
    fragile.set('fails')
    clock.pass(14 * day)
    expect((await requestToken(server)).header.kid).toBe(second)
    expect(await publishedKids(server)).toEqual([first, second])
    clock.pass(14 * day)
    expect(await publishedKids(server)).toEqual([second])
  })

  it('is asked again every few seconds, and nobody waits for it', async () => {
    const fragile = createFragile()
    const { node, clock } = createCluster(fragile.wrap)
    const server = node()
    await publishedKids(server)
    fragile.set('fails')
    clock.pass(60)
    await publishedKids(server)
    const before = fragile.count()
    clock.pass(4)
    await Promise.all([publishedKids(server), publishedKids(server)])
    expect(fragile.count()).toBe(before)
    fragile.set('hangs')
    clock.pass(1)
    await Promise.all([publishedKids(server), publishedKids(server)])
    expect(fragile.count()).toBe(before + 1)
    fragile.set('works')
    clock.pass(5)
    await Promise.all([publishedKids(server), publishedKids(server)])
    await settled()
    expect(fragile.count()).toBe(before + 2)
    clock.pass(59)
    await publishedKids(server)
    expect(fragile.count()).toBe(before + 2)
  })
})

describe('a store that does not answer', () => {
  it('keeps a request waiting for a second, and the next ones not at all', async () => {
    const fragile = createFragile()
    const { node, clock, events } = createCluster(fragile.wrap)
    const server = node({ wait: fragile.wait })
    const kids = await publishedKids(server)
    fragile.set('hangs')
    clock.pass(60)
    let isAnswered = false
    const answer = publishedKids(server).finally(() => (isAnswered = true))
    await settled()
    expect(isAnswered).toBe(false)
    fragile.endPatience()
    expect(await answer).toEqual(kids)
    expect(events.at(-1)).toMatchObject({
      type: 'keys_not_read',
      cause: { message: 'no answer within 1 second' },
    })
    expect(await publishedKids(server)).toEqual(kids)
  })

  it('is asked anew though an old question was never answered', async () => {
    const fragile = createFragile()
    const { node, clock } = createCluster(fragile.wrap)
    const server = node()
    fragile.set('hangs')
    void publishedKids(server)
    await settled()
    fragile.set('works')
    clock.pass(5)
    expect(await publishedKids(server)).toHaveLength(1)
  })
})

describe('a token of a key that a server does not know', () => {
  const users = {
    grants: [userGrant({ subject: 'alice' })],
    clients: [
      {
        clientId: 'client',
        requireClientSecret: false,
        allowedGrantTypes: ['urn:example:user'],
        allowedScopes: ['openid'],
      },
    ],
    resources: { identityResources: ['openid'] },
  } as const

  async function userToken(server: AuthorizationServer): Promise<string> {
    const form = { grant_type: 'urn:example:user', scope: 'openid', client_id: 'client' }
    return String(bodyOf(await post(server, form, { authorization: null }))['access_token'])
  }

  const userinfo = async (server: AuthorizationServer, token: string): Promise<number> =>
    (await get(server, '/userinfo', { authorization: `Bearer ${token}` })).status

  const foreign = (kid: string): string =>
    `${Buffer.from(JSON.stringify({ alg: 'EdDSA', typ: 'at+jwt', kid })).toString('base64url')}.e30.AA`

  it('has it look at once, so that no rotation elsewhere costs a request', async () => {
    const { node } = createCluster()
    const [one, other] = [node(users), node(users)]
    await publishedKids(other)
    await publishedKids(one)
    await one.keys.rotate('EdDSA', { signs: 'atOnce' })
    expect(await userinfo(other, await userToken(one))).toBe(200)
  })

  it('cannot have it look all the time', async () => {
    const fragile = createFragile()
    const { node, clock } = createCluster(fragile.wrap)
    const server = node(users)
    await publishedKids(server)
    const before = fragile.count()
    for (const kid of ['a', 'b', 'c']) expect(await userinfo(server, foreign(kid))).toBe(401)
    expect(fragile.count()).toBe(before + 1)
    clock.pass(5)
    expect(await userinfo(server, foreign('d'))).toBe(401)
    expect(fragile.count()).toBe(before + 2)
  })

  it('is 503 while the server cannot look, and tokens that it knows are still good', async () => {
    const fragile = createFragile()
    const { node } = createCluster(fragile.wrap)
    const server = node(users)
    const known = await userToken(server)
    fragile.set('fails')
    expect(await userinfo(server, foreign('a'))).toBe(503)
    expect(await userinfo(server, foreign('b'))).toBe(503)
    expect(await userinfo(server, known)).toBe(200)
  })

  it('is 503 too while whoever has the keys does not answer', async () => {
    const fragile = createFragile()
    const { node, events } = createCluster(fragile.wrap)
    const server = node({ ...users, wait: fragile.wait })
    await publishedKids(server)
    fragile.set('hangs')
    const answer = userinfo(server, foreign('a'))
    await settled()
    fragile.endPatience()
    expect(await answer).toBe(503)
    expect(await userinfo(server, foreign('b'))).toBe(503)
    expect(events.at(-1)).toMatchObject({ cause: { message: 'no answer within 1 second' } })
  })

  it('is not looked for when its kid is known or missing', async () => {
    const fragile = createFragile()
    const { node } = createCluster(fragile.wrap)
    const server = node(users)
    const [kid = ''] = await publishedKids(server)
    const before = fragile.count()
    expect(await userinfo(server, foreign(kid))).toBe(401)
    expect(await userinfo(server, 'a.b.c')).toBe(401)
    expect(fragile.count()).toBe(before)
  })
})
