import { afterEach, describe, expect, it, vi } from 'vitest'
import { createReferenceWorld, opaque } from './support/reference-world.js'
import { createWorld } from './support/world.js'

describe('an issuer that is waited for', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  it('N11 leaves nothing behind when it has answered', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const world = createReferenceWorld({
      revocation: { isRevoked: () => Promise.resolve(vi.getTimerCount() > 1) },
    })
    expect(await world.outcome(opaque)).toBe('alice')
    expect(world.calls).toHaveLength(1)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('W09 is not waited for longer when a fetch takes no notice of its signal', async () => {
    const fetch = (): Promise<Response> => new Promise(() => undefined)
    const { outcome, token } = createWorld({ fetch, jwks: { timeout: 0.05 } })
    expect(await outcome(token())).toBe('keys_unavailable')
  })
})
