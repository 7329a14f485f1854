import { createLocalJWKSet, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import type { AuthorizationServer } from '../../src/index.js'
import {
  createCluster,
  day,
  daysOf,
  keyRecords,
  publishedKeys,
  publishedKids,
} from '../support/keys.js'
import { get, requestToken } from '../support/server.js'

const kidOf = async (server: AuthorizationServer): Promise<string> =>
  String((await requestToken(server)).header.kid)

async function statusesOf({ keys }: AuthorizationServer): Promise<Record<string, string>> {
  return Object.fromEntries((await keys.list()).map(({ kid, status }) => [kid, status]))
}

describe('the life of a key', () => {
  it('is announced, signs, is kept for its tokens and goes', async () => {
    const { node, clock, events, store } = createCluster()
    const server = node()
    const first = await kidOf(server)
    expect(await publishedKids(server)).toEqual([first])
    clock.pass(76 * day - 60)
    expect(await publishedKids(server)).toEqual([first])

    clock.pass(60)
    const [, second = ''] = await publishedKids(server)
    expect(await kidOf(server)).toBe(first)
    expect(await statusesOf(server)).toEqual({ [first]: 'signing', [second]: 'announced' })
    clock.pass(14 * day - 1)
    expect(await kidOf(server)).toBe(first)

    clock.pass(1)
    expect(await kidOf(server)).toBe(second)
    expect(await publishedKids(server)).toEqual([first, second])
    expect(await statusesOf(server)).toEqual({ [first]: 'retired', [second]: 'signing' })
    clock.pass(14 * day - 1)
    expect(await publishedKids(server)).toEqual([first, second])

    clock.pass(1)
    expect(await publishedKids(server)).toEqual([second])
    expect(await keyRecords(store)).toHaveLength(1)
    expect(events.filter(({ type }) => type === 'key_created')).toEqual([
      { type: 'key_created', kid: first, algorithm: 'EdDSA' },
      { type: 'key_created', kid: second, algorithm: 'EdDSA' },
    ])
  })

  it('is listed with its times', async () => {
    const { node, clock } = createCluster()
    const server = node()
    await requestToken(server)
    clock.pass(80 * day)
    await requestToken(server)
    const days = (await server.keys.list()).map((key) => ({
      status: key.status,
      createdAt: daysOf(key.createdAt),
      signsFrom: daysOf(key.signsFrom),
      signsUntil: daysOf(key.signsUntil),
      expiresAt: daysOf(key.expiresAt),
    }))
    expect(days).toEqual([
      { status: 'signing', createdAt: 0, signsFrom: 0, signsUntil: 94, expiresAt: 108 },
      { status: 'announced', createdAt: 80, signsFrom: 94 },
    ])
  })

  it('does not end while nobody uses the server', async () => {
    const { node, clock } = createCluster()
    const first = await kidOf(node())
    clock.pass(3650 * day)
    const server = node()
    expect(await kidOf(server)).toBe(first)
    expect(await publishedKids(server)).toHaveLength(2)
  })

  it('has a token of it verified until the last second by whoever asks for the keys', async () => {
    const { node, clock } = createCluster()
    const server = node({
      keyManagement: { retentionDuration: 4000, propagationTime: 500, rotationInterval: 1000 },
    })
    await requestToken(server)
    clock.pass(500)
    await publishedKids(server)
    clock.pass(499)
    const { response, claims } = await requestToken(server)
    clock.pass(1)
    expect(await kidOf(server)).not.toBe((await publishedKids(server))[0])
    clock.pass(3598)
    const keys = createLocalJWKSet({ keys: [...(await publishedKeys(server))] })
    const currentDate = new Date(clock.now() * 1000)
    expect(clock.now()).toBe(Number(claims.exp) - 1)
    await jwtVerify(String(response['access_token']), keys, { currentDate })
  })

  it('lets the JWK Set be kept for less than the time between announcement and use', async () => {
    const { node } = createCluster()
    const cacheControl = async (keyManagement = {}) =>
      (await get(node({ keyManagement }), '/.well-known/jwks.json')).headers['cache-control']
    expect(await cacheControl()).toBe('public, max-age=300')
    expect(await cacheControl({ propagationTime: 100, cacheDuration: 20 })).toBe(
      'public, max-age=40',
    )
  })

  it('is one for each algorithm that somebody asks for', async () => {
    const { node } = createCluster()
    const server = node({
      resources: {
        apiScopes: ['read', 'write'],
        apiResources: [
          { name: 'urn:api', scopes: ['read'], allowedAccessTokenSigningAlgorithms: ['ES256'] },
        ],
      },
    })
    expect((await requestToken(server, { scope: 'read' })).header.alg).toBe('ES256')
    expect((await requestToken(server, { scope: 'write' })).header.alg).toBe('EdDSA')
    const keys = await publishedKeys(server)
    expect(keys.map(({ alg }) => alg)).toEqual(['EdDSA', 'ES256'])
    // A node that does not ask for it any more still publishes it.
    expect(await publishedKids(node())).toEqual(keys.map(({ kid }) => kid))
  })
})

describe('several servers on one store', () => {
  it('make one key for each algorithm when all start at once', async () => {
    const { node, events, store } = createCluster()
    const servers = Array.from({ length: 20 }, () =>
      node({
        clients: [
          {
            clientId: 'client',
            requireClientSecret: false,
            allowedGrantTypes: ['authorization_code'],
            redirectUris: ['https://app.example.com'],
            allowedIdentityTokenSigningAlgorithms: ['ES256'],
          },
        ],
      }),
    )
    const kids = await Promise.all(servers.map(publishedKids))
    expect(new Set(kids.map(String)).size).toBe(1)
    expect(kids[0]).toHaveLength(2)
    expect(await keyRecords(store)).toHaveLength(2)
    expect(events.map(({ type }) => type)).toEqual(['key_created', 'key_created'])
  })

  it('make one successor when all notice at once that it is time', async () => {
    const { node, clock, store, events } = createCluster()
    const servers = Array.from({ length: 20 }, () => node())
    await Promise.all(servers.map(publishedKids))
    clock.pass(76 * day)
    const kids = await Promise.all(servers.map(publishedKids))
    expect(new Set(kids.map(String)).size).toBe(1)
    expect(await keyRecords(store)).toHaveLength(2)
    expect(events).toHaveLength(2)
  })

  it('see what another one has done when they have read the keys again', async () => {
    const { node, clock } = createCluster()
    const [one, other] = [node(), node()]
    const first = await kidOf(other)
    await one.keys.rotate()
    expect(await publishedKids(other)).toEqual([first])
    clock.pass(60)
    expect(await publishedKids(other)).toEqual(await publishedKids(one))
    expect(await publishedKids(other)).toHaveLength(2)
    clock.pass(14 * day)
    expect(await kidOf(other)).toBe(await kidOf(one))
    expect(await kidOf(other)).not.toBe(first)
  })

  it('ask the store once for all requests of a time', async () => {
    let lists = 0
    const { node, clock } = createCluster((store) => ({
      ...store,
      list: (filter, page) => {
        lists += 1
        return store.list(filter, page)
      },
    }))
    const server = node()
    await publishedKids(server)
    lists = 0
    clock.pass(59)
    await Promise.all([publishedKids(server), requestToken(server)])
    expect(lists).toBe(0)
    clock.pass(1)
    await Promise.all([publishedKids(server), requestToken(server), requestToken(server)])
    expect(lists).toBe(1)
  })
})

describe('a server that ended in the middle', () => {
  it('after it made a successor has its work finished by the next one', async () => {
    let isCut = false
    const { node, clock, store } = createCluster((inner) => ({
      ...inner,
      replace: (record) =>
        isCut ? Promise.reject(new Error('the process is gone')) : inner.replace(record),
    }))
    const server = node()
    const first = await kidOf(server)
    clock.pass(76 * day)
    isCut = true
    expect(await publishedKids(server)).toEqual([first])
    const [old, successor] = await keyRecords(store)
    expect(old?.expiresAt).toBeGreaterThan(clock.now() + 1000 * day)
    expect(successor).toBeDefined()

    isCut = false
    await publishedKids(node())
    const [mended] = await keyRecords(store)
    expect(daysOf(mended?.expiresAt)).toBe(76 + 14 + 14)
  })
})
