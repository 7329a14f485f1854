import { request as sendRequest } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { OAuthError } from '@bailiwick/protocol'
import type { HttpHandler, HttpResponse } from '@bailiwick/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const echo: HttpHandler = async (request) => {
  if (!request.url.startsWith('/echo')) return undefined
  return {
    status: 201,
    headers: { 'content-type': 'text/plain', 'set-cookie': ['a=1', 'b=2'] },
    body: [request.method, request.url, request.headers['x-probe'], await request.body()].join('|'),
  }
}

/** As endpoints do: an error that reading the body throws becomes an answer. */
const answering =
  (handle: HttpHandler): HttpHandler =>
  async (request) => {
    try {
      return await handle(request)
    } catch (error) {
      if (!(error instanceof OAuthError)) throw error
      return { status: error.status, headers: {}, body: error.message } satisfies HttpResponse
    }
  }

const remoteAddress: HttpHandler = async (request) =>
  request.url === '/address'
    ? { status: 200, headers: {}, body: request.remoteAddress ?? 'unknown' }
    : undefined

const handler: HttpHandler = async (request) =>
  (await remoteAddress(request)) ?? answering(echo)(request)

const form = { 'content-type': 'application/x-www-form-urlencoded' }

/** How an adapter differs from the others, for reasons that are not its own. */
export interface AdapterTraits {
  /** Below which path it is mounted. */
  readonly mountPath?: string
  /** What it tells of the address of a client that claims to be 203.0.113.7 behind a proxy. */
  readonly remoteAddress?: RegExp
}

/** The behaviour every adapter shares; a new adapter is done when this passes. */
export function describeAdapter(
  name: string,
  serve: (handle: HttpHandler) => Server,
  { mountPath = '', remoteAddress: address = /^(?:::ffff:)?127\.0\.0\.1$/ }: AdapterTraits = {},
): void {
  describe(name, () => {
    let server: Server
    let origin: string

    beforeAll(async () => {
      server = serve(handler)
      await new Promise<void>((resolve) => {
        server.listen(0, '127.0.0.1', resolve)
      })
      origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}${mountPath}`
    })
    afterAll(
      () =>
        new Promise<void>((resolve) => {
          server.close(() => {
            resolve()
          })
          server.closeAllConnections()
        }),
    )

    const post = (body: string | Uint8Array<ArrayBuffer>): Promise<Response> =>
      fetch(`${origin}/echo`, { method: 'POST', headers: form, body })

    it('passes method, url, headers and body through', async () => {
      const response = await fetch(`${origin}/echo?q=1`, {
        method: 'POST',
        headers: { ...form, 'x-probe': 'p' },
        body: 'a=1&r=x&r=y+z&u=%C3%BC',
      })
      expect(response.status).toBe(201)
      expect(await response.text()).toBe('POST|/echo?q=1|p|a=1&r=x&r=y+z&u=%C3%BC')
    })

    it('passes an empty body through', async () => {
      const response = await post('')
      expect(await response.text()).toBe('POST|/echo||')
    })

    it('writes repeated headers and the length', async () => {
      const response = await fetch(`${origin}/echo`)
      expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
      expect(response.headers.get('content-type')).toMatch(/^text\/plain/)
      expect(await response.text()).toBe('GET|/echo||')
    })

    it('answers HEAD without a body', async () => {
      const response = await fetch(`${origin}/echo`, { method: 'HEAD' })
      expect(response.status).toBe(201)
      expect(await response.text()).toBe('')
    })

    it('leaves unknown paths to the application', async () => {
      expect((await fetch(`${origin}/other`)).status).toBe(404)
    })

    it('accepts a body of 64 KiB and answers a larger one with 413', async () => {
      const fitting = `a=${'x'.repeat(64 * 1024 - 2)}`
      expect((await post(fitting)).status).toBe(201)
      expect((await post(`${fitting}x`)).status).toBe(413)
    })

    it('answers a body of 1 MB with 413, and serves the next request', async () => {
      expect((await post(`a=${'x'.repeat(1024 * 1024)}`)).status).toBe(413)
      expect((await post('a=1')).status).toBe(201)
    })

    it('accepts a body in pieces, also when they part a character', async () => {
      const text = await new Promise<string>((resolve, reject) => {
        const message = sendRequest(
          `${origin}/echo`,
          { method: 'POST', headers: form },
          (response) => {
            response.setEncoding('utf8')
            let received = ''
            response.on('data', (chunk: string) => {
              received += chunk
            })
            response.on('end', () => {
              resolve(received)
            })
          },
        )
        message.on('error', reject)
        message.write(Buffer.from('a=%C3%BC&b='))
        message.write(Buffer.from('1'))
        message.end()
      })
      expect(text).toBe('POST|/echo||a=%C3%BC&b=1')
    })

    it('tells the address of the client', async () => {
      const response = await fetch(`${origin}/address`, {
        headers: { 'x-forwarded-for': '203.0.113.7' },
      })
      expect(await response.text()).toMatch(address)
    })
  })
}
