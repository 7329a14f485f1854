import { OAuthError } from '@bailiwick/protocol'
import type { HttpRequest } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { createWorld, csrfToken, unavailable } from '../support/world.js'
import type { WorldOptions } from '../support/world.js'

const alice = { username: 'alice', password: 'correct horse' }

const tooLarge = (): OAuthError => new OAuthError('invalid_request', { status: 413 })

const throwing = (error: () => unknown) => async (): Promise<never> => {
  throw error() as Error
}

describe('before any form', () => {
  it.each([
    ['unknown interaction', '/interaction/unknown', {}, 'This page is no longer valid'],
    ['another browser', undefined, { cookie: 'browser=malory' }, 'began in another browser'],
    ['no cookie', undefined, { cookie: undefined }, 'began in another browser'],
  ])('%s', async (_, url, headers, title) => {
    const { status, body } = await createWorld().get(url, headers)
    expect(status).toBe(400)
    expect(body).toContain(title)
    expect(body).not.toContain('<form')
  })

  it('also where no token can be made, because the browser sends no cookie', async () => {
    const csrf = { create: () => undefined, isValid: () => true }
    const { status, body } = await createWorld({ server: { csrf } }).get()
    expect(status).toBe(400)
    expect(body).not.toContain('<form')
  })

  it('also when a form is sent from another browser', async () => {
    const world = createWorld()
    const headers = { cookie: 'browser=malory' }
    const body = async (): Promise<string> =>
      new URLSearchParams({ ...alice, csrf: csrfToken('i1', 'malory') }).toString()
    expect((await world.post({}, { headers, body })).status).toBe(400)
    expect(world.reports).toEqual([])
  })
})

describe('a form that cannot be taken', () => {
  it.each<[string, Partial<HttpRequest>, number, string]>([
    ['no token', { body: async () => 'username=a&password=b' }, 403, 'was not sent from this page'],
    [
      'a token of another interaction',
      { body: async () => `csrf=${csrfToken('i2')}` },
      403,
      'was not sent from this page',
    ],
    [
      'a token of another browser',
      { body: async () => `csrf=${csrfToken('i1', 'malory')}` },
      403,
      'was not sent from this page',
    ],
    ['JSON', { headers: { 'content-type': 'application/json' } }, 415, 'cannot be read'],
    ['no type', { headers: { 'content-type': undefined } }, 415, 'cannot be read'],
    ['no UTF-8', { body: async () => 'csrf=%FF' }, 400, 'cannot be read'],
    ['a broken escape', { body: async () => 'csrf=%' }, 400, 'cannot be read'],
    [
      'a field twice',
      { body: async () => `csrf=${csrfToken('i1')}&username=a&username=b` },
      400,
      'cannot be read',
    ],
    ['too much', { body: throwing(tooLarge) }, 413, 'is too large'],
    [
      'a body that ends early',
      { body: throwing(() => new OAuthError('invalid_request')) },
      400,
      'cannot be read',
    ],
  ])('%s', async (_, request, status, title) => {
    const world = createWorld()
    const response = await world.post(alice, request)
    expect(response.status).toBe(status)
    expect(response.body).toContain(title)
    expect(world.reports).toEqual([])
  })
})

describe('what the server throws', () => {
  it.each<[string, () => unknown, number, string]>([
    ['expired', () => new OAuthError('invalid_request'), 400, 'This page is no longer valid'],
    ['unavailable', unavailable, 503, 'This does not work at the moment'],
    [
      'a protocol error of its own',
      () => new OAuthError('server_error'),
      500,
      'Something went wrong',
    ],
    ['a bug', () => new TypeError('secret detail'), 500, 'Something went wrong'],
    ['no error at all', () => 'secret detail', 500, 'Something went wrong'],
  ])('%s', async (_, error, status, title) => {
    const errors: unknown[] = []
    const server = {
      loginThrottle: { begin: throwing(error), succeed: async () => undefined },
    } satisfies WorldOptions['server']
    const world = createWorld({ server, onError: (reported) => errors.push(reported) })
    const response = await world.post(alice)
    expect(response.status).toBe(status)
    expect(response.body).toContain(title)
    expect(response.body).not.toContain('secret detail')
    expect(errors).toHaveLength(status >= 500 ? 1 : 0)
  })

  it('waits five seconds where nobody said how long', async () => {
    const server = {
      sessions: { find: throwing(() => new OAuthError('temporarily_unavailable')) },
    }
    expect((await createWorld({ server }).get('/grants')).headers['retry-after']).toBe('5')
  })

  it('survives an observer that fails', async () => {
    const options = {
      authenticate: throwing(() => new Error('down')),
      onError: () => {
        throw new Error('observer')
      },
    }
    expect((await createWorld(options).post(alice)).status).toBe(500)
  })

  it('survives pages that fail, also the one that says so', async () => {
    const pages = {
      login: () => {
        throw new Error('page')
      },
      failure: () => {
        throw new Error('page')
      },
    }
    const { status, body } = await createWorld({ pages }).get()
    expect(status).toBe(500)
    expect(body).toContain('Something went wrong')
  })
})

describe('methods', () => {
  it.each([
    ['/interaction/i1', 'PUT', 'GET, HEAD, POST'],
    ['/grants', 'DELETE', 'GET, HEAD, POST'],
    ['/interaction/style.css', 'POST', 'GET, HEAD'],
  ])('%s is not for %s', async (url, method, allow) => {
    const response = await createWorld().post({}, { url, method })
    expect(response.status).toBe(405)
    expect(response.headers['allow']).toBe(allow)
    expect(response.body).toContain('This page cannot be used in this way')
  })
})
