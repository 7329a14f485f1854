import { ConfigurationError } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { createKey, issuer, now } from '../support/test-issuer.js'
import { createWorld } from '../support/world.js'

const kept = async (world = createWorld()): Promise<unknown> => {
  await world.api.ready()
  return JSON.parse(JSON.stringify(world.api.snapshot()))
}

describe('a snapshot of keys', () => {
  it('W14 saves the next process every fetch until the keys are due', async () => {
    const snapshot = await kept()
    const world = createWorld()
    world.network.cut(true)
    world.pass(100)
    await world.api.hydrate(snapshot)
    expect(await world.outcome(world.token())).toBe('alice')
    expect(world.api.health()).toEqual([{ issuer, state: 'fresh', ageSeconds: 100 }])
    expect(world.network.requests).toEqual([])
    world.pass(600)
    expect(await world.outcome(world.token({ exp: now + 3600 }))).toBe('alice')
    expect(world.network.requests).not.toEqual([])
  })

  it('holds nothing private and no keys of the configuration', async () => {
    const { jwk, privateKey } = createKey('ES256', 'k1')
    const published = createWorld()
    published.publish([{ ...privateKey.export({ format: 'jwk' }), kid: 'k1' }])
    const snapshot = JSON.stringify(await kept(published))
    expect(snapshot).toContain(String(jwk.x))
    expect(snapshot).not.toContain('"d"')
    expect(await kept(createWorld({ issuers: { issuer, jwks: { keys: [jwk] } } }))).toEqual({
      issuers: [],
    })
    expect(createWorld().api.snapshot()).toEqual({ issuers: [] })
  })

  it('counts only for issuers that are configured, and not against younger keys', async () => {
    const snapshot = await kept()
    const other = createWorld({ issuers: 'https://other.example' })
    await other.api.hydrate(snapshot)
    expect(other.api.health()).toMatchObject([{ state: 'empty' }])

    const next = createKey('ES256', 'k2')
    const world = createWorld()
    world.publish([next.jwk])
    world.pass(10)
    await world.api.ready()
    await world.api.hydrate(snapshot)
    expect(world.api.snapshot().issuers).toMatchObject([{ keys: [{ kid: 'k2' }] }])
  })

  it('W15 does not count when it comes from the future, for nobody knows how old it is', async () => {
    const loaded = createWorld()
    await loaded.api.ready()
    const { issuers } = loaded.api.snapshot()
    const future = { issuers: issuers.map((keys) => ({ ...keys, loadedAt: now + 3600 })) }
    const world = createWorld()
    world.publish([createKey('ES256', 'k2').jwk])
    await world.api.ready()
    world.pass(10)
    await world.api.hydrate(future)
    expect(await world.outcome(loaded.token())).toBe('unknown_key')
    const cold = createWorld()
    await cold.api.hydrate(future)
    expect(cold.api.health()).toEqual([{ issuer, state: 'empty' }])
  })

  it('W14 does not replace keys that the configuration holds', async () => {
    const withdrawn = createWorld()
    const snapshot = await kept(withdrawn)
    const { jwk } = createKey('ES256', 'k2')
    const world = createWorld({ issuers: { issuer, jwks: { keys: [jwk] } } })
    await world.api.hydrate(snapshot)
    expect(await world.outcome(withdrawn.token())).toBe('unknown_key')
  })

  it('is refused when it is as old as keys may not be', async () => {
    const snapshot = await kept()
    const world = createWorld()
    world.network.cut(true)
    world.pass(600 + 3600 + 1)
    await world.api.hydrate(snapshot)
    expect(await world.outcome(world.token({ exp: now + 9000 }))).toBe('keys_unavailable')
  })

  it.each([
    undefined,
    {},
    { issuers: 'none' },
    { issuers: [{ issuer, keys: [], maxAge: 1, loadedAt: 1 }] },
    { issuers: [{ issuer, keys: ['k'], maxAge: 1, loadedAt: 1 }] },
    { issuers: [{ issuer, keys: [{}], maxAge: -1, loadedAt: 1 }] },
    { issuers: [{ issuer, keys: [{}], maxAge: 1, loadedAt: 'now' }] },
    { issuers: [{ issuer, keys: [{}], maxAge: 1, loadedAt: 1, jwksUri: 'x' }] },
  ])('is not made of %j', async (value) => {
    await expect(createWorld().api.hydrate(value)).rejects.toThrow(ConfigurationError)
  })
})
