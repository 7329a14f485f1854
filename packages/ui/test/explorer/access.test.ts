import { ConfigurationError, OAuthError } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { createExplorer } from '../../src/index.js'
import type { ExplorerAccess } from '../../src/index.js'
import { createExampleServer, createExplorerWorld } from '../support/explorer-world.js'

const password = 'a-password-that-is-long'
const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`

const isShown = ({ body = '' }: { readonly body?: string }): boolean => body.includes('urn:bank')

function problemsOf(access: unknown, issuer = 'https://id.example.com'): readonly string[] {
  try {
    createExplorer({
      server: { ...createExampleServer(), issuer },
      resources: {},
      clients: [],
      access: access as ExplorerAccess,
    })
    return []
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error
    return error.problems.map(({ path }) => path)
  }
}

describe('without anybody who says who may see it', () => {
  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'access'],
    ['null', null, 'access'],
    ['an empty choice', {}, 'access'],
    ['an unknown choice', 'open', 'access'],
    ['no function', { authenticate: true }, 'access.authenticate'],
    ['a variable that is not set', { password: undefined }, 'access.password'],
    ['a short password', { password: 'fifteen letters' }, 'access.password'],
    ['open to everybody, at an issuer that others reach', 'open-on-loopback', 'access'],
  ])('there is no explorer: %s', (_, access, path) => {
    expect(problemsOf(access)).toEqual([path])
  })

  it.each(['http://127.0.0.1:5001', 'http://localhost:5001', 'http://[::1]:5001'])(
    'may be open at %s',
    (issuer) => {
      expect(problemsOf('open-on-loopback', issuer)).toEqual([])
    },
  )

  it('is told together with the other mistakes', () => {
    const server = createExampleServer()
    const options = { server, resources: {}, clients: [], access: { password: '' } }
    expect(() => createExplorer({ ...options, path: 'explorer' })).toThrow(/2 problems/)
  })
})

describe('a password', () => {
  const world = createExplorerWorld({ access: { password } })

  it.each<[string, string | undefined]>([
    ['none', undefined],
    ['a wrong one', basic('admin:a-password-that-is-wrong')],
    ['one that only begins like it', basic(`admin:${password}x`)],
    ['only its beginning', basic(`admin:${password.slice(0, -1)}`)],
    ['no user name and no colon', basic(password)],
    ['an empty one', basic('admin:')],
    ['another scheme', `Bearer ${password}`],
    ['no base64', 'Basic {}'],
  ])('keeps out whoever sends %s', async (_, authorization) => {
    const response = await world.get('/explorer', { headers: { authorization } })
    expect(response.status).toBe(401)
    expect(response.headers['www-authenticate']).toMatch(/^Basic realm="/)
    expect(response.headers['cache-control']).toBe('no-store')
    expect(isShown(response)).toBe(false)
  })

  it('explains nothing to them either', async () => {
    const { status, body } = await world.get('/explorer?client_id=batch&scope=customer.read')
    expect(status).toBe(401)
    expect(body).not.toContain('urn:customers')
  })

  it.each(['admin', ''])('lets in who sends it with the user name %j', async (user) => {
    const response = await world.get('/explorer', {
      headers: { authorization: basic(`${user}:${password}`) },
    })
    expect(response.status).toBe(200)
    expect(isShown(response)).toBe(true)
  })
})

describe('a function of yours', () => {
  it('is asked about each request, and lets in', async () => {
    const world = createExplorerWorld({
      access: { authenticate: async ({ headers }) => headers['cookie'] === 'session=admin' },
    })
    expect((await world.get()).status).toBe(403)
    const shown = await world.get('/explorer', { headers: { cookie: 'session=admin' } })
    expect(isShown(shown)).toBe(true)
  })

  it.each([false, undefined, 1, 'yes', { isAdmin: false }])('keeps out with %j', async (answer) => {
    const authenticate = (): boolean => answer as boolean
    const response = await createExplorerWorld({ access: { authenticate } }).get()
    expect(response.status).toBe(403)
    expect(isShown(response)).toBe(false)
  })

  it.each<[string, () => Error, number]>([
    ['cannot look', () => new OAuthError('temporarily_unavailable'), 503],
    ['has a bug', () => new TypeError('detail'), 500],
  ])('lets nobody in when it %s', async (_, error, status) => {
    const reported: unknown[] = []
    const world = createExplorerWorld({
      access: { authenticate: async () => Promise.reject(error()) },
      onError: (thrown) => reported.push(thrown),
    })
    const response = await world.get()
    expect(response.status).toBe(status)
    expect(isShown(response)).toBe(false)
    expect(response.body).not.toContain('detail')
    expect(reported).toHaveLength(1)
  })
})

describe('open on loopback', () => {
  const server = createExampleServer()
  const world = createExplorerWorld({ server, access: 'open-on-loopback' })
  const here = { remoteAddress: '127.0.0.1', headers: { host: '127.0.0.1:5001' } }

  it.each([
    here,
    { ...here, remoteAddress: '::1' },
    { ...here, remoteAddress: '::ffff:127.0.0.1' },
    { ...here, headers: { host: 'localhost:5001' } },
    { ...here, headers: { host: '[::1]:5001' } },
  ])('lets in %j', async (request) => {
    expect(isShown(await world.get('/explorer', request))).toBe(true)
  })

  it.each<[string, object]>([
    ['another machine', { ...here, remoteAddress: '192.0.2.7' }],
    ['an address that is not known', { headers: here.headers }],
    ['an address that looks like it', { ...here, remoteAddress: '127.0.0.1.example.com' }],
    ['a name that was made to lead here', { ...here, headers: { host: 'evil.example:5001' } }],
    ['a name that looks like it', { ...here, headers: { host: '127.0.0.1.evil.example' } }],
    ['no name', { ...here, headers: {} }],
    [
      'somebody behind a proxy on this machine',
      { ...here, headers: { ...here.headers, 'x-forwarded-for': '192.0.2.7' } },
    ],
    [
      'somebody behind another proxy',
      { ...here, headers: { ...here.headers, forwarded: 'for=192.0.2.7' } },
    ],
  ])('keeps out %s', async (_, request) => {
    const response = await world.get('/explorer', request)
    expect(response.status).toBe(403)
    expect(isShown(response)).toBe(false)
  })
})
