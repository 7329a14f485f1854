import { ConfigurationError } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { introspect, issued, resources, revoke, tokenWorld } from '../support/introspection.js'
import { failingStore } from '../support/failing-store.js'
import { createCluster, publishedKeys } from '../support/keys.js'
import { bodyOf, requestToken } from '../support/server.js'

const everything = 'openid email read pay shared transaction:42 offline_access'

describe('what an API in the same process is told of a token', () => {
  it.each([
    ['handles', 'urn:invoices'],
    ['handles', 'urn:payments'],
    ['jwts', 'urn:invoices'],
    ['jwts', 'urn:payments'],
  ])('of %s is what the introspection endpoint tells %s', async (clientId, api) => {
    const { server } = tokenWorld()
    const token = (await issued(server, clientId, { scope: everything })).access_token
    const local = server.forApi(api)
    const told = await local.introspect(token)
    expect(told).toEqual(bodyOf(await introspect(server, api, { token })))
    expect(told['active']).toBe(true)
    await revoke(server, clientId, { token })
    expect(await local.introspect(token)).toEqual({ active: false })
  })

  it('is nothing of tokens for others, of refresh tokens and of what is none', async () => {
    const { server } = tokenWorld()
    const { introspect: ask } = server.forApi('urn:invoices')
    const { access_token: other } = await issued(server, 'handles', { scope: 'pay' })
    const { refresh_token: refreshToken } = await issued(server, 'jwts', { scope: everything })
    for (const token of [other, refreshToken, '', 'x', 'a.b.c', 'x'.repeat(20_000)]) {
      expect(await ask(token)).toEqual({ active: false })
    }
  })

  it('is a failure when nobody can tell', async () => {
    const { server } = tokenWorld({ store: failingStore() })
    await expect(server.forApi('urn:invoices').introspect('handle')).rejects.toMatchObject({
      code: 'temporarily_unavailable',
    })
  })
})

describe('the keys for an API in the same process', () => {
  it('are those that are published, announced ones too', async () => {
    const { node } = createCluster()
    const server = node()
    await server.ready()
    await server.keys.rotate()
    const { findKey } = server.forApi('urn:api')
    const keys = await publishedKeys(server)
    expect(keys).toHaveLength(2)
    expect(await Promise.all(keys.map(({ kid = '' }) => findKey(kid)))).toEqual(keys)
    expect(await findKey('other')).toBeUndefined()
  })

  it('are the same objects as long as they are the same keys', async () => {
    const { node, clock } = createCluster()
    const server = node()
    const { findKey } = server.forApi('urn:api')
    const kid = String((await requestToken(server)).header.kid)
    const before = await findKey(kid)
    await server.keys.rotate()
    clock.pass(61)
    expect(await findKey(kid)).toBe(before)
  })

  it('are not there any more once they are revoked', async () => {
    const { node } = createCluster()
    const server = node()
    const { findKey } = server.forApi('urn:api')
    const kid = String((await requestToken(server)).header.kid)
    expect(await findKey(kid)).toMatchObject({ kid, kty: 'OKP' })
    expect(await findKey(kid)).not.toHaveProperty('d')
    await server.keys.revoke(kid)
    expect(await findKey(kid)).toBeUndefined()
  })

  it('are looked for again when another process may have made them', async () => {
    const { node } = createCluster()
    const [one, other] = [node(), node()]
    const { findKey } = one.forApi('urn:api')
    await requestToken(one)
    await other.keys.rotate(undefined, { signs: 'atOnce' })
    const kid = String((await requestToken(other)).header.kid)
    expect(await findKey(kid)).toMatchObject({ kid })
  })
})

it('a server tells an API nothing that it does not have or that is not enabled', () => {
  const { apiResources = [] } = resources
  const disabled = apiResources.map((api) => ({ ...api, enabled: false }))
  const { server } = tokenWorld({ resources: { ...resources, apiResources: disabled } })
  expect(() => server.forApi('urn:other')).toThrow(ConfigurationError)
  expect(() => server.forApi('urn:invoices')).toThrow(ConfigurationError)
})
