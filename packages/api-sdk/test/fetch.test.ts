import { describe, expect, it } from 'vitest'
import { guardWith } from '../src/fetch.js'
import { describeGuard } from './support/describe-guard.js'
import type { ServeRoutes, TestResponse } from './support/guarded-app.js'
import { boundToken, dpop, proofOf } from './support/proofs.js'
import { unhandledDuring } from './support/unhandled.js'
import { createWorld } from './support/world.js'

type Handler = (request: Request) => Response | Promise<Response>

async function readResponse(response: Response): Promise<TestResponse> {
  const headers = Object.fromEntries(response.headers)
  // Headers joins fields: what is left of them can only be told by their schemes.
  const challenges = headers['www-authenticate']?.split(/, (?=DPoP )/) ?? []
  return { status: response.status, headers, challenges, body: await response.text() }
}

const serve: ServeRoutes = async (api, routes) => {
  const guard = guardWith(api)
  const metadata = guard.metadata()
  const handlers = Object.entries(routes).map(
    ([path, { guard: guarded, answer }]): [string, Handler] => {
      const handle: Handler = (request) =>
        Response.json(
          answer({ auth: () => guard.auth(request), maybeAuth: () => guard.maybeAuth(request) }),
        )
      if (guarded === undefined) return [path, handle]
      return [path, guard(guarded.needs, { optional: guarded.optional ?? false })(handle)]
    },
  )
  const byPath = new Map(handlers)
  const route: Handler = async (request) => {
    const handler = byPath.get(new URL(request.url).pathname)
    if (handler === undefined) return new Response('', { status: 404 })
    try {
      return await handler(request)
    } catch (error) {
      return new Response('', { status: error instanceof Error && 'status' in error ? 418 : 500 })
    }
  }
  return {
    send: async ({ method = 'GET', path = '/', headers = [], body }) => {
      const fields = new Headers()
      for (const [name, value] of headers) fields.append(name, value)
      const request = new Request(`http://api.internal${path}`, {
        method,
        headers: fields,
        ...(method !== 'GET' && body !== undefined && { body }),
      })
      return readResponse(metadata(request) ?? (await route(request)))
    },
    close: async () => undefined,
  }
}

describeGuard('fetch', serve)

describe('guardWith on fetch', () => {
  const { api, token } = createWorld()
  const guard = guardWith(api)
  const request = (value = token()): Request =>
    new Request('https://api.example.com/', { headers: { authorization: `Bearer ${value}` } })

  it('H10 uses up a proof once for each request, whatever guards it has', async () => {
    const world = createWorld()
    const [one, two] = [guardWith(world.api), guardWith(world.api)]
    const inner = two('read')(() => new Response('passed'))
    const handler = one()((passed) => inner(passed))
    const headers = [...dpop(boundToken(world))].map(([name, value]): [string, string] => [
      name,
      value,
    ])
    const send = (): Promise<Response> =>
      handler(new Request('https://api.example.com/', { headers }))
    expect((await send()).status).toBe(200)
    expect((await send()).status).toBe(401)
    expect(world.reasons()).toEqual(['proof_replayed'])
  })

  it('D17 takes the path that the client asked for', async () => {
    const world = createWorld()
    const handler = guardWith(world.api)()(() => new Response('passed'))
    const ask = async (htu: string): Promise<number> => {
      const bound = boundToken(world)
      const headers = { authorization: `DPoP ${bound}`, dpop: proofOf(bound, { htu }) }
      return (await handler(new Request('http://api.internal/v1/a', { headers }))).status
    }
    expect(await ask('https://api.example.com/v1/a')).toBe(200)
    expect(await ask('https://api.example.com/a')).toBe(401)
  })

  it('passes who calls, and what the runtime passes, to the handler', async () => {
    const handler = guard('read')((_request, auth, env: { readonly name: string }) =>
      Response.json({ subject: auth.subject, env: env.name }),
    )
    const response = await handler(request(), { name: 'production' })
    expect(await response.json()).toEqual({ subject: 'alice', env: 'production' })
  })

  it('H01 passes undefined for an anonymous request at an optional guard', async () => {
    const handler = guard('read', { optional: true })((_request, auth) =>
      Response.json(auth?.subject ?? 'anonymous'),
    )
    expect(await (await handler(new Request('https://api.example.com/'))).json()).toBe('anonymous')
    expect(await (await handler(request())).json()).toBe('alice')
  })

  it('H04 tells what is wrong with a route on which nobody is known', async () => {
    const anonymous = new Request('https://api.example.com/')
    expect(() => guard.auth(anonymous)).toThrow('this route has no guard of this API')
    await guard(undefined, { optional: true })(() => new Response())(anonymous)
    expect(() => guard.auth(anonymous)).toThrow('the guard of this route is optional')
  })

  it('with onError: throw leaves the answer to whoever called', async () => {
    const handler = guard('read', { onError: 'throw' })(() => new Response())
    await expect(handler(request('opaque'))).rejects.toMatchObject({
      status: 401,
      headers: { 'www-authenticate': expect.stringContaining('error="invalid_token"') },
    })
    const address = 'https://api.example.com/.well-known/oauth-protected-resource'
    expect((await handler(new Request(address))).status).toBe(200)
  })

  it('P09 serves the metadata behind a guard', async () => {
    const handler = guard()(() => new Response('secret'))
    const address = 'https://api.example.com/.well-known/oauth-protected-resource'
    expect(await (await handler(new Request(address))).json()).toMatchObject({
      resource: 'https://api.example.com',
    })
  })
})

describe('guardWith on fetch, with tokens in forms', () => {
  const { api, token } = createWorld({ sources: { body: true } })
  const guard = guardWith(api)
  const post = (body: BodyInit): Request => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    // The types do not know that streams need the last.
    const init = { method: 'POST', headers, body, duplex: 'half' }
    return new Request('https://api.example.com/', init)
  }
  const form = `access_token=${token()}&note=caf%C3%A9`
  const echo = guard('read')(async (request) => new Response(await request.text()))

  it('leaves the form to the handler', async () => {
    const response = await echo(post(form))
    expect([response.status, await response.text()]).toEqual([200, form])
  })

  it('reads up to 100 KiB and no further', async () => {
    const longest = 100 * 1024
    const padded = (length: number): string => `${form}&x=`.padEnd(length, 'x')
    expect((await echo(post(padded(longest)))).status).toBe(200)
    expect((await echo(post(padded(longest + 1)))).status).toBe(401)
  })

  it('reads a form that comes in pieces', async () => {
    const bytes = new TextEncoder().encode(form)
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte))
        controller.close()
      },
    })
    expect((await echo(post(body))).status).toBe(200)
  })

  it('finds no token in a form that was read before, nor where there is none', async () => {
    const used = post(form)
    await used.text()
    expect((await guard()(() => new Response())(used)).status).toBe(401)
    const empty = new Request('https://api.example.com/', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect((await guard()(() => new Response())(empty)).status).toBe(401)
  })

  it('answers 503 when a form breaks off, because nobody knows what was in it', async () => {
    const body = new ReadableStream<Uint8Array>({
      pull: () => {
        throw new Error('connection reset')
      },
    })
    expect((await echo(post(body))).status).toBe(503)
  })

  it('H11 leaves nothing unhandled of a form that is too long and breaks off', async () => {
    const body = new ReadableStream<Uint8Array>(
      {
        pull: (controller) => {
          controller.enqueue(new Uint8Array(100 * 1024 + 1))
          controller.error(new Error('connection reset'))
        },
      },
      { highWaterMark: 0 },
    )
    const unhandled = await unhandledDuring(async () => {
      expect((await echo(post(body))).status).toBe(401)
    })
    expect(unhandled).toEqual([])
  })
})
