import { describe, expect, it } from 'vitest'
import { createWorld } from '../support/world.js'
import type { WorldOptions } from '../support/world.js'

const below = (options: WorldOptions = {}): WorldOptions => ({
  ...options,
  server: { issuer: 'https://id.example.com/tenant/' },
})

describe('paths', () => {
  it.each([
    '/',
    '/interaction',
    '/interaction/',
    '/interaction/i1/x',
    '/interactions/i1',
    '/grants/',
    '/token',
  ])('leaves %s to the application', async (url) => {
    const { handle } = createWorld()
    const request = { method: 'GET', url, headers: {}, body: async () => '' }
    expect(await handle(request)).toBeUndefined()
  })

  it.each(['/tenant/interaction/i1', '/interaction/i1', '/interaction/i1?x=1'])(
    'finds %s below an issuer with a path',
    async (url) => {
      const { body } = await createWorld(below()).get(url)
      expect(body).toContain('action="/tenant/interaction/i1"')
      expect(body).toMatch(/href="\/tenant\/interaction\/style\.css\?v=/)
    },
  )

  it('leads back to the grants below an issuer with a path', async () => {
    const { headers } = await createWorld(below()).get('/tenant/grants')
    expect(headers['location']).toBe('/login-for/tenant/grants')
  })

  it('moves to another path', async () => {
    const world = createWorld({ interactionPath: '/ask' })
    expect((await world.get('/ask/i1')).body).toContain('action="/ask/i1"')
    expect((await world.get('/ask/style.css')).status).toBe(200)
    await expect(world.get('/interaction/i1')).rejects.toThrow('there is no page')
  })
})

describe('the stylesheet', () => {
  it('can be kept for good at the address that pages know', async () => {
    const world = createWorld()
    const [, href = ''] =
      /<link rel="stylesheet" href="([^"]+)"/.exec((await world.get()).body ?? '') ?? []
    const { status, headers, body } = await world.get(href)
    expect(status).toBe(200)
    expect(headers['content-type']).toBe('text/css; charset=utf-8')
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(body).toContain('--bailiwick-accent:')
    expect(href).toContain(String(headers['etag']).replaceAll('"', ''))
  })

  it('is asked for again at any other address, because another version may have answered', async () => {
    const { headers } = await createWorld().get('/interaction/style.css?v=older')
    expect(headers['cache-control']).toBe('no-cache')
  })

  it('is not sent to a browser that has it', async () => {
    const world = createWorld()
    const etag = String((await world.get('/interaction/style.css')).headers['etag'])
    const again = await world.get('/interaction/style.css', { 'if-none-match': etag })
    expect([again.status, again.body]).toEqual([304, undefined])
    const other = await world.get('/interaction/style.css', { 'if-none-match': '"other"' })
    expect(other.status).toBe(200)
  })

  it('has another version in another theme', async () => {
    const etagOf = async (options: WorldOptions): Promise<unknown> =>
      (await createWorld(options).get('/interaction/style.css')).headers['etag']
    expect(await etagOf({ theme: { radius: '0' } })).not.toBe(await etagOf({}))
    expect(await etagOf({})).toBe(await etagOf({}))
  })
})
