import { syncBuiltinESMExports } from 'node:module'
import { mock } from 'node:test'
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

  it('are decided at once by a second guard, so that nothing comes of them before somebody reads it', async () => {
    const { api, token } = createWorld()
    await api.ready()
    const headers = { authorization: `Bearer ${token()}` }
    const request = { method: 'GET', url: '/', headers, source: {} }
    const steps: string[] = []
    await api.authenticate(request)
    const turn = new Promise<void>((resolve) => {
      setImmediate(() => {
        steps.push('next turn')
        resolve()
      })
    })
    const { ok } = await api.authenticate(request)
    steps.push(`second guard: ${ok}`)
    await turn
    expect(steps).toEqual(['second guard: true', 'next turn'])
  })

  it('may be known by an object to which nothing can be added', async () => {
    const { api, token } = createWorld()
    const headers = { authorization: `Bearer ${token()}` }
    const request = { method: 'GET', url: '/', headers, source: Object.freeze({}) }
    expect(await api.authenticate(request)).toMatchObject({ ok: true })
  })

  it('took as long as they waited for each other, too', async () => {
    const { api, token, events } = createWorld()
    await api.ready()
    const clock = vi.spyOn(performance, 'now').mockReturnValue(1000)
    const headers = { authorization: `Bearer ${token()}` }
    const decision = api.authenticate({ method: 'GET', url: '/', headers })
    clock.mockReturnValue(3000)
    await decision
    clock.mockRestore()
    expect(events.at(-1)).toMatchObject({ type: 'accepted', duration: 2 })
  })
})

describe('a request that comes alone', () => {
  afterEach(() => {
    vi.useRealTimers()
    mock.timers.reset()
    syncBuiltinESMExports()
  })

  it('is decided while nothing else happens, also when the timers of a test stand still', async () => {
    const world = createWorld()
    await world.api.ready()
    vi.useFakeTimers()
    expect(await world.outcome(world.token())).toBe('alice')
    expect(vi.getTimerCount()).toBe(0)
  })

  it('is decided also when the timers stood still before the SDK was imported', async () => {
    const world = createWorld()
    await world.api.ready()
    mock.timers.enable({ apis: ['setImmediate'] })
    // What is imported from now on gets these timers.
    syncBuiltinESMExports()
    expect(await world.outcome(world.token())).toBe('alice')
  })
})
