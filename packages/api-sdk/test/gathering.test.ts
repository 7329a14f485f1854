import { afterEach, describe, expect, it, vi } from 'vitest'
import { askTogether } from '../../../tests/support/ask-together.js'
import { createWorld } from './support/world.js'

describe('requests that arrive together', () => {
  it('are all read, and then decided one right after the other', async () => {
    const { api, token } = createWorld()
    await api.ready()
    const outcomes: boolean[] = []
    const steps = await askTogether({
      paths: ['/1', '/2'],
      headers: { authorization: `Bearer ${token()}` },
      work: async ({ url = '/', headers }) => {
        const { ok } = await api.authenticate({ method: 'GET', url, headers })
        outcomes.push(ok)
      },
    })
    expect(outcomes).toEqual([true, true])
    expect(steps).toEqual(['read /1', 'read /2', 'done /1', 'done /2'])
  })
})

describe('a request that comes alone', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  it('is decided while nothing else happens, also when the timers of a test stand still', async () => {
    const { api, token, outcome } = createWorld()
    await api.ready()
    vi.useFakeTimers()
    expect(await outcome(token())).toBe('alice')
    expect(vi.getTimerCount()).toBe(0)
  })
})
