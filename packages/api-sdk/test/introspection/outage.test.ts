import { describe, expect, it } from 'vitest'
import { createReferenceWorld, opaque } from '../support/reference-world.js'
import type { ReferenceWorld } from '../support/reference-world.js'

const down = (): Response => new Response('down', { status: 500 })

const inactive = (): Response => Response.json({ active: false })

const outcomes = (world: ReferenceWorld, count: number): Promise<(string | undefined)[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => world.outcome(`token-${index}`)))

const retryAfter = async ({ api }: ReferenceWorld): Promise<unknown> => {
  const headers = { authorization: 'Bearer x' }
  const result = await api.authenticate({ method: 'GET', url: '/', headers })
  return result.ok ? undefined : [result.error.status, result.response.headers['retry-after']]
}

describe('N03 an introspection endpoint that is down', () => {
  it.each([
    ['500', down],
    ['429', () => new Response('', { status: 429 })],
    ['404', () => new Response('', { status: 404 })],
    ['a redirect', () => new Response(null, { status: 302, headers: { location: '/' } })],
    ['N04 401', () => new Response('', { status: 401 })],
    ['no connection', () => Promise.reject(new TypeError('fetch failed'))],
  ])('is asked again after 1, 2, 4 seconds and at most every 30: %s', async (_, answer) => {
    const world = createReferenceWorld()
    world.answerWith(answer)
    const attempts: number[] = []
    for (let second = 0; second < 100; second += 1) {
      const before = world.calls.length
      await outcomes(world, 3)
      const asked = world.calls.length - before
      if (asked > 0) attempts.push(second)
      // Nobody knows at first that it is down.
      expect(asked).toBeLessThanOrEqual(second === 0 ? 3 : 1)
      world.pass(1)
    }
    expect(attempts).toEqual([0, 1, 3, 7, 15, 31, 61, 91])
  })

  it('has failed once for 50 requests at a time', async () => {
    const world = createReferenceWorld()
    world.answerWith(down)
    await outcomes(world, 50)
    world.pass(1)
    world.answerWith(inactive)
    expect(await outcomes(world, 1)).toEqual(['inactive'])
  })

  it('is asked by one request at a time, and by all once it answers', async () => {
    const world = createReferenceWorld()
    world.answerWith(down)
    await outcomes(world, 1)
    world.pass(1)
    let answerProbe: (response: Response) => void = () => undefined
    const answered = new Promise<Response>((resolve) => {
      answerProbe = resolve
    })
    world.answerWith(() => answered)
    const first = world.outcome('probe')
    expect(new Set(await outcomes(world, 50))).toEqual(new Set(['introspection_unavailable']))
    expect(world.calls).toHaveLength(2)
    world.answerWith(inactive)
    answerProbe(inactive())
    expect(await first).toBe('inactive')
    expect(new Set(await outcomes(world, 50))).toEqual(new Set(['inactive']))
  })

  it('has requests answered with 503 and the time to come back', async () => {
    const world = createReferenceWorld()
    world.answerWith(down)
    expect(await retryAfter(world)).toEqual([503, '1'])
    expect(await retryAfter(world)).toEqual([503, '1'])
    world.pass(1)
    expect(await retryAfter(world)).toEqual([503, '2'])
    world.pass(0.5)
    expect(await retryAfter(world)).toEqual([503, '2'])
    world.pass(1)
    expect(await retryAfter(world)).toEqual([503, '1'])
    expect(world.calls).toHaveLength(2)
  })

  it('is not needed for what it said before, nor for JWTs', async () => {
    const world = createReferenceWorld()
    expect(await world.outcome(opaque)).toBe('alice')
    world.answerWith(down)
    expect(await outcomes(world, 1)).toEqual(['introspection_unavailable'])
    expect(await world.outcome(opaque)).toBe('alice')
    expect(await world.outcome(world.token())).toBe('alice')
  })
})

it.each([
  ['400', () => Response.json({ error: 'invalid_request' }, { status: 400 })],
  ['403 of a firewall', () => new Response('blocked', { status: 403 })],
  ['406 of a firewall', () => new Response('blocked', { status: 406 })],
  ['413', () => new Response('', { status: 413 })],
  ['414', () => new Response('', { status: 414 })],
  ['422', () => new Response('', { status: 422 })],
  ['431', () => new Response('', { status: 431 })],
  ['garbage', () => new Response('<html></html>')],
  ['no UTF-8', () => new Response(Uint8Array.of(0x7b, 0xff))],
  ['too much', () => Response.json({ active: true, padding: 'x'.repeat(300 * 1024) })],
])('an answer that may be due to the token keeps nobody from asking: %s', async (_, answer) => {
  const world = createReferenceWorld()
  world.answerWith(answer)
  expect((await retryAfter(world)) as unknown[]).toEqual([503, '1'])
  world.answerWith(inactive)
  expect(await outcomes(world, 1)).toEqual(['inactive'])
})
