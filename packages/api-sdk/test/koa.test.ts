import { parse } from 'node:querystring'
import Koa from 'koa'
import { describe, expect, it } from 'vitest'
import { tenant } from '../src/index.js'
import { guardWith } from '../src/koa.js'
import { describeDepartures } from './support/describe-departures.js'
import { describeGuard } from './support/describe-guard.js'
import type { ServeRoutes } from './support/guarded-app.js'
import { listen } from './support/listen.js'
import { boundToken, dpop, proofOf } from './support/proofs.js'
import { bearer } from './support/refusals.js'
import { createWorld } from './support/world.js'

const silent = (): Koa => Object.assign(new Koa(), { silent: true })

// What a parser of bodies does, as far as guards can tell.
const parseBody: Koa.Middleware = async (ctx, next) => {
  let text = ''
  for await (const chunk of ctx.req.setEncoding('utf8')) text += String(chunk)
  const isForm = ctx.is('application/x-www-form-urlencoded') !== false
  const body: unknown = isForm ? parse(text) : JSON.parse(text === '' ? '{}' : text)
  Object.assign(ctx.request, { body })
  await next()
}

const serve: ServeRoutes = (api, routes) => {
  const app = silent()
  const guard = guardWith(api)
  app.use(parseBody).use(guard.metadata())
  for (const [path, { guard: guarded, answer }] of Object.entries(routes)) {
    const decide = guarded && guard(guarded.needs, { optional: guarded.optional ?? false })
    const handle = async (ctx: Koa.Context): Promise<void> => {
      const caller = { auth: () => guard.auth(ctx), maybeAuth: () => guard.maybeAuth(ctx) }
      ctx.body = JSON.stringify(answer(caller))
    }
    app.use(async (ctx, next) => {
      if (ctx.path !== path) await next()
      else if (decide === undefined) await handle(ctx)
      else await decide(ctx, () => handle(ctx))
    })
  }
  return listen(app.callback())
}

describeGuard('Koa', serve)

describeDepartures((api, reach) =>
  silent()
    .use((ctx, next) => {
      if (ctx.path === '/streaming') ctx.res.write('x')
      return next()
    })
    .use(guardWith(api)())
    .use((ctx) => {
      reach()
      ctx.body = ''
    })
    .callback(),
)

describe('guardWith on Koa', () => {
  it('D17 takes the path below which an application is mounted', async () => {
    const world = createWorld()
    const guard = guardWith(world.api)
    const app = await listen(
      silent()
        .use(async (ctx, next) => {
          // What koa-mount does.
          ctx.path = ctx.path.replace('/v1', '')
          await next()
        })
        .use(guard())
        .use((ctx) => {
          ctx.body = ctx.path
        })
        .callback(),
    )
    const token = boundToken(world)
    const ask = (htu: string): ReturnType<typeof app.send> =>
      app.send({ path: '/v1/a', headers: dpop(token, proofOf(token, { htu })) })
    expect((await ask('https://api.example.com/v1/a')).body).toBe('/a')
    expect((await ask('https://api.example.com/a')).status).toBe(401)
    await app.close()
  })

  it('D09 tells two proofs from one that is malformed', async () => {
    const world = createWorld()
    const app = await listen(silent().use(guardWith(world.api)()).callback())
    const token = boundToken(world)
    await app.send({ headers: [...dpop(token), ['DPoP', proofOf(token)]] })
    expect(world.reasons()).toEqual(['proof_repeated'])
    await app.close()
  })

  it('H10 uses up a proof once for each request, whatever guards it has', async () => {
    const world = createWorld()
    const [one, two] = [guardWith(world.api), guardWith(world.api)]
    const app = await listen(
      silent()
        .use(one())
        .use(one('read'))
        .use(two())
        .use((ctx) => {
          ctx.body = 'passed'
        })
        .callback(),
    )
    const headers = dpop(boundToken(world))
    expect((await app.send({ headers })).status).toBe(200)
    expect((await app.send({ headers })).status).toBe(401)
    expect(world.reasons()).toEqual(['proof_replayed'])
    await app.close()
  })

  it('R07 reads the parameters that a router has left', async () => {
    const { api, token } = createWorld()
    const guard = guardWith(api)
    const app = silent()
      .use((ctx, next) => {
        ctx['params'] = { tenant: ctx.path.slice(1) }
        return next()
      })
      .use(guard(tenant((request) => request.params?.['tenant'])))
      .use((ctx) => {
        ctx.body = guard.auth(ctx).subject
      })
    const served = await listen(app.callback())
    const headers = bearer(token({ tenant_id: 'a' }))
    expect((await served.send({ path: '/a', headers })).status).toBe(200)
    expect((await served.send({ path: '/b', headers })).status).toBe(403)
    await served.close()
  })

  it('H08 with onError: throw leaves the answer to the error handling, headers and all', async () => {
    const guard = guardWith(createWorld().api)
    const app = silent()
    const seen: unknown[] = []
    app.on('error', (error: unknown) => seen.push(error))
    const served = await listen(app.use(guard('read', { onError: 'throw' })).callback())
    const { status, headers } = await served.send({ headers: bearer('opaque') })
    expect([status, headers['www-authenticate']]).toEqual([
      401,
      expect.stringContaining('error="invalid_token"'),
    ])
    expect(headers['cache-control']).toBe('no-store')
    expect(seen).toEqual([expect.objectContaining({ status: 401 })])
    const bound = await served.send({ headers: bearer(boundToken(createWorld())) })
    expect(bound.challenges).toEqual([
      expect.stringMatching(/^Bearer/),
      expect.stringMatching(/^DPoP/),
    ])
    await served.close()
  })

  it('P09 serves the metadata behind a guard of everything', async () => {
    const guard = guardWith(createWorld().api)
    const app = await listen(silent().use(guard()).use(guard.metadata()).callback())
    expect((await app.send({ path: '/.well-known/oauth-protected-resource' })).status).toBe(200)
    expect((await app.send({ path: '/.well-known/other' })).status).toBe(401)
    await app.close()
  })

  it('H05 ignores what others have put on the context', async () => {
    const guard = guardWith(createWorld().api)
    const app = await listen(
      silent()
        .use(async (ctx, next) => {
          ctx.state['auth'] = { subject: 'mallory' }
          await next()
        })
        .use(guard(undefined, { optional: true }))
        .use((ctx) => {
          ctx.body = guard.maybeAuth(ctx)?.subject ?? 'anonymous'
        })
        .callback(),
    )
    expect((await app.send({})).body).toBe('anonymous')
    await app.close()
  })

  it('keeps what a CORS middleware has exposed', async () => {
    const guard = guardWith(createWorld().api)
    const app = await listen(
      silent()
        .use(async (ctx, next) => {
          ctx.set('access-control-expose-headers', 'etag')
          await next()
        })
        .use(guard())
        .callback(),
    )
    const { headers } = await app.send({})
    expect(headers['access-control-expose-headers']).toBe('etag, WWW-Authenticate, DPoP-Nonce')
    await app.close()
  })
})
