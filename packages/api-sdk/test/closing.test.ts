import { afterEach, describe, expect, it, vi } from 'vitest'
import { ApiAuthError, createResourceServer } from '../src/index.js'
import { boundToken, dpop } from './support/proofs.js'
import { createReferenceWorld, introspectionEndpoint, opaque } from './support/reference-world.js'
import { createKey, issuer, now, resource, tokenOf, validClaims } from './support/test-issuer.js'
import { unhandledDuring } from './support/unhandled.js'
import { createWorld, jwksUri } from './support/world.js'

const next = createKey('ES256', 'k2')
const forever = { exp: now + 1_000_000 }

/** An answer that never comes, and the signals that it was asked for with. */
function silence(): {
  readonly answer: (init: RequestInit) => Promise<Response>
  readonly isAborted: () => readonly (boolean | undefined)[]
} {
  const signals: RequestInit['signal'][] = []
  return {
    answer: ({ signal }) => {
      signals.push(signal)
      return new Promise<Response>(() => undefined)
    },
    isAborted: () => signals.map((signal) => signal?.aborted),
  }
}

describe('close', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  it.each([
    ['keys', jwksUri, undefined, 'keys_unavailable'],
    [
      'metadata',
      `${issuer}/.well-known/openid-configuration`,
      { issuers: issuer },
      'keys_unavailable',
    ],
  ])('aborts the fetch of %s, and leaves no timer', async (_, url, options, reason) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const world = createWorld(options)
    const { answer, isAborted } = silence()
    world.network.serve(url, answer)
    const outcomes = Promise.all([1, 2, 3].map(() => world.outcome(world.token())))
    await vi.waitFor(() => {
      expect([vi.getTimerCount(), isAborted()]).toEqual([1, [false]])
    })
    const closed = world.api.close()
    expect([vi.getTimerCount(), isAborted()]).toEqual([0, [true]])
    await closed
    expect(await outcomes).toEqual([reason, reason, reason])
    expect(world.network.requests).toEqual([url])
  })

  it('aborts a question about a token, and a fetch that takes no notice', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    let count = 0
    const fetch = (): Promise<Response> => {
      count += 1
      return new Promise(() => undefined)
    }
    const world = createReferenceWorld({ fetch })
    const outcomes = Promise.all([opaque, `${opaque}2`].map((token) => world.outcome(token)))
    await vi.waitFor(() => {
      expect([count, vi.getTimerCount()]).toEqual([2, 2])
    })
    await world.api.close()
    expect(vi.getTimerCount()).toBe(0)
    expect(await outcomes).toEqual(['introspection_unavailable', 'introspection_unavailable'])
  })

  it('aborts a refresh ahead, which nobody waits for, without a word', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const world = createWorld()
    await world.outcome(world.token())
    const { answer, isAborted } = silence()
    world.network.serve(jwksUri, answer)
    world.pass(480)
    const unhandled = await unhandledDuring(async () => {
      expect(await world.outcome(world.token(forever))).toBe('alice')
      expect(isAborted()).toEqual([false])
      await world.api.close()
      expect([vi.getTimerCount(), isAborted()]).toEqual([0, [true]])
    })
    expect(unhandled).toEqual([])
    expect(world.events.map(({ type }) => type)).not.toContain('keys_not_loaded')
  })

  it('waits for no store of keys, asks it nothing any more, and says nothing about it', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const get = vi.fn<() => Promise<never>>(() => new Promise(() => undefined))
    const world = createWorld({ jwks: { store: { get, set: () => undefined } } })
    const outcome = world.outcome(world.token())
    await vi.waitFor(() => {
      expect([vi.getTimerCount(), get.mock.calls.length]).toEqual([1, 1])
    })
    const closed = world.api.close()
    expect(vi.getTimerCount()).toBe(0)
    await closed
    expect([await outcome, await world.outcome(world.token())]).toEqual([
      'keys_unavailable',
      'keys_unavailable',
    ])
    expect([get.mock.calls.length, world.network.requests]).toEqual([1, []])
    expect(world.events.map(({ type }) => type)).not.toContain('key_store_failed')
  })

  it('lets requests be decided with the keys that are there, and fetches none', async () => {
    const world = createWorld()
    const token = world.token(forever)
    await world.outcome(token)
    await world.api.close()
    world.forget()
    expect(await world.outcome(token)).toBe('alice')
    expect(await world.outcome(world.token({ exp: 1 }))).toBe('expired')
    for (const seconds of [500, 200]) {
      world.pass(seconds)
      expect(await world.outcome(token)).toBe('alice')
    }
    world.pass(3600)
    expect(await world.outcome(token)).toBe('keys_unavailable')
    expect(world.network.requests).toEqual([jwksUri])
    expect(world.events.map(({ type }) => type)).not.toContain('keys_not_loaded')
  })

  it('has a token whose key the issuer would be asked for answered with 503', async () => {
    const world = createWorld()
    await world.outcome(world.token())
    await world.api.close()
    // So soon after the last question an open API does not ask either.
    expect(await world.outcome(tokenOf(next))).toBe('unknown_key')
    world.pass(29)
    expect(await world.outcome(tokenOf(next))).toBe('unknown_key')
    world.pass(1)
    expect(await world.outcome(tokenOf(next))).toBe('keys_unavailable')
    expect(await world.outcome(tokenOf(next))).toBe('keys_unavailable')
    expect(await world.outcome(world.token())).toBe('alice')
    expect(world.network.requests).toEqual([jwksUri])
  })

  it('has a token whose key is being fetched answered with 503', async () => {
    const world = createWorld()
    await world.outcome(world.token())
    world.pass(30)
    const { answer, isAborted } = silence()
    world.network.serve(jwksUri, answer)
    const outcome = world.outcome(tokenOf(next))
    await vi.waitFor(() => {
      expect(isAborted()).toEqual([false])
    })
    await world.api.close()
    expect(await outcome).toBe('keys_unavailable')
    expect(await world.outcome(tokenOf(next))).toBe('keys_unavailable')
  })

  it('has everything answered with 503 when nothing was there', async () => {
    const world = createReferenceWorld()
    await world.api.close()
    expect(await world.outcome(world.token())).toBe('keys_unavailable')
    expect(await world.outcome(opaque)).toBe('introspection_unavailable')
    await expect(world.api.ready()).rejects.toBeInstanceOf(ApiAuthError)
    await expect(world.api.ready()).rejects.toMatchObject({ status: 503 })
    expect(world.network.requests).toEqual([])
  })

  it('keeps what issuers have said about tokens', async () => {
    const world = createReferenceWorld()
    expect(await world.outcome(opaque)).toBe('alice')
    await world.api.close()
    expect(await world.outcome(opaque)).toBe('alice')
    world.pass(60)
    expect(await world.outcome(opaque)).toBe('introspection_unavailable')
    expect(world.network.requests).toEqual([introspectionEndpoint])
  })

  it('needs no network for keys of the configuration, a snapshot and an issuer in this process', async () => {
    const { key } = createWorld()
    const configured = createWorld({ issuers: { issuer, jwks: { keys: [key.jwk] } } })
    await configured.api.close()
    expect(await configured.outcome(configured.token())).toBe('alice')
    expect(await configured.outcome(tokenOf(next))).toBe('unknown_key')

    const first = createWorld()
    await first.api.ready()
    const second = createWorld()
    await second.api.close()
    await second.api.hydrate(first.api.snapshot())
    expect(await second.outcome(second.token())).toBe('alice')

    const local = {
      ready: async () => undefined,
      findKey: async () => key.jwk,
      introspect: async () => ({ active: true, ...validClaims }),
    }
    const beside = createWorld({ issuers: { issuer, local } })
    await beside.api.close()
    await beside.api.ready()
    expect([await beside.outcome(beside.token()), await beside.outcome(opaque)]).toEqual([
      'alice',
      'alice',
    ])
  })

  it('D10 still knows which proofs were used', async () => {
    const world = createWorld()
    const headers = Object.fromEntries(dpop(boundToken(world)))
    const send = async (): Promise<string> => {
      const result = await world.api.authenticate({ method: 'GET', url: '/', headers })
      return result.ok ? 'passes' : result.error.reason
    }
    expect(await send()).toBe('passes')
    await world.api.close()
    expect(await send()).toBe('proof_replayed')
  })

  it('does the same any number of times, and at the end of a block', async () => {
    const world = createWorld()
    const { close } = world.api
    await Promise.all([close(), close()])
    expect(await close()).toBeUndefined()
    const { network, token } = createWorld()
    const closed = await (async () => {
      await using api = createResourceServer({ resource, issuers: issuer, fetch: network.fetch })
      return api
    })()
    await expect(closed.verify(token())).rejects.toMatchObject({ reason: 'keys_unavailable' })
    expect(network.requests).toEqual([])
  })

  it('N11 leaves nothing behind of fetches that have come to their end', async () => {
    const aborted = vi.spyOn(AbortController.prototype, 'abort')
    const world = createReferenceWorld()
    expect(await world.outcome(world.token())).toBe('alice')
    expect(await world.outcome(opaque)).toBe('alice')
    await world.api.close()
    expect(aborted).not.toHaveBeenCalled()
    aborted.mockRestore()
  })
})
