import { setImmediate } from 'node:timers/promises'
import { createResourceServer } from '@bailiwick/api-sdk'
import type { Client } from '@bailiwick/core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import {
  hasPostgresBinaries,
  startPrivatePostgres,
} from '../../../store-postgres/test/support/private-postgres.js'
import type { PrivatePostgres } from '../../../store-postgres/test/support/private-postgres.js'
import { startProxy } from '../../../store-postgres/test/support/proxy.js'
import type { Proxy } from '../../../store-postgres/test/support/proxy.js'
import {
  countFamilies,
  createNodes,
  postForm,
  redeemAt,
  refreshAt,
  rotating,
} from '../support/nodes.js'
import type { Answer, Nodes } from '../support/nodes.js'
import type { RunningServer } from '../support/start-server.js'
import { sayNotChecked } from '../../../../tests/support/say-not-checked.js'

sayNotChecked(hasPostgresBinaries, 'initdb and pg_ctl, of a PostgreSQL that can be stopped')

const issuer = 'http://127.0.0.1:5001'

interface World extends Nodes {
  readonly node: RunningServer
}

describe.runIf(hasPostgresBinaries)('a database that fails', { timeout: 120_000 }, () => {
  let database: PrivatePostgres
  let proxy: Proxy

  beforeAll(async () => {
    database = await startPrivatePostgres()
    proxy = await startProxy(database.port)
  })
  afterAll(async () => {
    await proxy.close()
    await database.destroy()
  })

  /** A node that reaches the database through the proxy, and a way to sign in that does not. */
  async function createWorld(changes: Partial<Client> = {}): Promise<World> {
    const nodes = await createNodes({
      connectionString: database.connectionString,
      issuer,
      configuration: { clients: [{ ...rotating, ...changes }] },
    })
    const url = new URL(database.connectionString)
    url.port = String(proxy.port)
    return { ...nodes, node: await nodes.start('--store', url.href) }
  }

  const tokenFrom = async ({ node, code }: World): Promise<unknown> =>
    (await redeemAt(node, await code())).body['refresh_token']

  /** Somebody who never stops to ask for something, and what came of it. */
  interface Visitor {
    readonly answers: readonly Answer[]
    readonly stop: () => Promise<void>
  }

  function visit(ask: () => Promise<Answer>): Visitor {
    const answers: Answer[] = []
    const stopping = new AbortController()
    const visits = (async () => {
      // One after another, as a client does that has one token. An API answers without leaving the process, and would let
      // nobody else have a turn.
      while (!stopping.signal.aborted) {
        answers.push(await ask())
        await setImmediate()
      }
    })()
    const stop = async (): Promise<void> => {
      stopping.abort()
      await visits
    }
    onTestFinished(stop)
    return { answers, stop }
  }

  /** A client that refreshes, and after a 503 tries again with the token that it has. */
  function refresher(node: RunningServer, first: unknown): () => Promise<Answer> {
    let token = first
    return async () => {
      const answer = await refreshAt(node, token)
      if (answer.status === 200) token = answer.body['refresh_token']
      return answer
    }
  }

  const read = (url: string) => async (): Promise<Answer> => {
    const { status, headers } = await fetch(url)
    return { status, retryAfter: headers.get('retry-after'), body: {} }
  }

  /** An API that checks JWT access tokens with the keys of the node. */
  async function createApi({ node }: World): Promise<() => Promise<Answer>> {
    const { body } = await postForm(`${node.url}/token`, {
      grant_type: 'client_credentials',
      scope: 'read',
    })
    const api = createResourceServer({
      resource: 'urn:api',
      issuers: { issuer, jwks: { uri: `${node.url}/.well-known/jwks.json` } },
    })
    return async () => {
      const { clientId } = await api.verify(String(body['access_token']))
      return { status: clientId === 'web' ? 200 : 500, retryAfter: null, body: {} }
    }
  }

  async function createVisitors(world: World) {
    const tokens = await Promise.all(Array.from({ length: 10 }, () => tokenFrom(world)))
    const { node } = world
    const wellKnown = `${node.url}/.well-known`
    return {
      refreshing: tokens.map((token) => visit(refresher(node, token))),
      undisturbed: [
        visit(read(`${wellKnown}/openid-configuration`)),
        visit(read(`${wellKnown}/jwks.json`)),
        visit(await createApi(world)),
      ],
    }
  }

  type Visitors = Awaited<ReturnType<typeof createVisitors>>

  const statusesOf = ({ answers }: Visitor, from = 0): ReadonlySet<number> =>
    new Set(answers.slice(from).map(({ status }) => status))

  /** Waits until each of them has had an answer of this status since then. */
  async function until(visitors: readonly Visitor[], status: number): Promise<void> {
    const from = visitors.map(({ answers }) => answers.length)
    const haveIt = () =>
      visitors.every((visitor, index) => statusesOf(visitor, from[index]).has(status))
    await expect.poll(haveIt, { interval: 20, timeout: 15_000 }).toBe(true)
  }

  async function expectHonestAnswers({ refreshing, undisturbed }: Visitors): Promise<void> {
    await Promise.all([...refreshing, ...undisturbed].map(({ stop }) => stop()))
    for (const visitor of undisturbed) expect(statusesOf(visitor)).toEqual(new Set([200]))
    const refused = refreshing
      .flatMap(({ answers }) => answers)
      .filter(({ status }) => status !== 200)
    expect(refused.length).toBeGreaterThan(0)
    for (const { status, retryAfter, body } of refused) {
      expect({ status, retryAfter, body }).toEqual({
        status: 503,
        retryAfter: '5',
        body: {
          error: 'temporarily_unavailable',
          error_description: 'what the server keeps cannot be looked up at the moment',
        },
      })
    }
  }

  it.each(['fast', 'immediate'] as const)(
    'stops (%s) and comes back under load: 503 meanwhile, and within 5 seconds all is as before',
    async (mode) => {
      const visitors = await createVisitors(await createWorld())
      const { refreshing, undisturbed } = visitors
      await until([...refreshing, ...undisturbed], 200)
      await database.stop(mode)
      await until(refreshing, 503)
      await until(undisturbed, 200)
      await database.start()
      const since = Date.now()
      await until(refreshing, 200)
      expect(Date.now() - since).toBeLessThan(5000)
      await expectHonestAnswers(visitors)
    },
  )

  it('hangs: 503 after a while, and all is as before when it goes on', async () => {
    const visitors = await createVisitors(await createWorld())
    const { refreshing, undisturbed } = visitors
    await until(refreshing, 200)
    proxy.hang()
    await until(refreshing, 503)
    await until(undisturbed, 200)
    proxy.resume()
    const since = Date.now()
    await until(refreshing, 200)
    expect(Date.now() - since).toBeLessThan(5000)
    await expectHonestAnswers(visitors)
  })

  it.each([
    ['a JWT', {}],
    ['a reference token', { accessTokenType: 'reference' }],
    [
      'one for a token that is extended',
      { refreshTokenUsage: 'reUse', refreshTokenExpiration: 'sliding' },
    ],
  ] as const)('is asked at most three times for a refresh: %s', async (_, changes) => {
    const { node, code } = await createWorld(changes)
    const first = await redeemAt(node, await code())
    // By then the connection is there, and its statements are prepared.
    const second = await refreshAt(node, first.body['refresh_token'])
    let asked = 0
    proxy.loseAnswer(() => {
      asked += 1
      return false
    })
    expect((await refreshAt(node, second.body['refresh_token'])).status).toBe(200)
    expect(asked).toBeGreaterThan(0)
    expect(asked).toBeLessThanOrEqual(3)
  })

  /** Does something during which the answer to one statement gets lost, and again if that made it fail. */
  async function retried(statement: number, request: () => Promise<Answer>): Promise<Answer> {
    let seen = 0
    proxy.loseAnswer(() => (seen += 1) === statement)
    const first = await request()
    proxy.loseAnswer(() => false)
    expect([200, 503]).toContain(first.status)
    return first.status === 200 ? first : request()
  }

  it.each([1, 2, 3, 4])(
    'loses the answer to statement %i: a retry gives one family, not two',
    async (statement) => {
      const { node, code } = await createWorld()
      const issued = await code()
      const before = await countFamilies(database.connectionString)
      const first = await retried(statement, () => redeemAt(node, issued))
      expect(first.status).toBe(200)
      const second = await retried(statement, () => refreshAt(node, first.body['refresh_token']))
      expect(second.status).toBe(200)
      expect((await refreshAt(node, second.body['refresh_token'])).status).toBe(200)
      expect(await countFamilies(database.connectionString)).toBe(before + 1)
    },
  )
})
