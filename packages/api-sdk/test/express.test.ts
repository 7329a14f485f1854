import express from 'express'
import type { NextFunction, Request, Response } from 'express'
import { describe, expect, it } from 'vitest'
import { guardWith } from '../src/express.js'
import { tenant } from '../src/index.js'
import { describeDepartures } from './support/describe-departures.js'
import { describeGuard } from './support/describe-guard.js'
import type { ServeRoutes } from './support/guarded-app.js'
import { listen } from './support/listen.js'
import { boundToken, dpop, proofOf } from './support/proofs.js'
import { bearer } from './support/refusals.js'
import { createWorld } from './support/world.js'

const serve: ServeRoutes = (api, routes) => {
  const app = express().set('env', 'test')
  const guard = guardWith(api)
  app.use(express.urlencoded({ extended: false }), express.json())
  app.use(guard.metadata())
  for (const [path, { guard: guarded, answer }] of Object.entries(routes)) {
    if (guarded !== undefined) {
      app.all(path, guard(guarded.needs, { optional: guarded.optional ?? false }))
    }
    app.all(path, (request, response) => {
      const caller = { auth: () => guard.auth(request), maybeAuth: () => guard.maybeAuth(request) }
      response.json(answer(caller))
    })
  }
  return listen(app)
}

describeGuard('Express', serve)

describeDepartures((api, reach) =>
  express()
    .set('env', 'test')
    .use('/streaming', (_request, response, next) => {
      response.write('x')
      next()
    })
    .use(guardWith(api)())
    .use((_request, response) => {
      reach()
      response.end()
    }),
)

describe('guardWith on Express', () => {
  it('D17 takes the path below which a router is mounted, and what was rewritten', async () => {
    const world = createWorld()
    const guard = guardWith(world.api)
    const router = express.Router().get('/a', guard(), (_request, response) => {
      response.json('passed')
    })
    const app = await listen(
      express()
        .use((request, _response, next) => {
          request.url = request.url.replace('/old', '/v1')
          next()
        })
        .use('/v1', router),
    )
    for (const [path, status] of [
      ['/v1/a', 200],
      ['/old/a', 200],
      ['/a', 404],
    ] as const) {
      const token = boundToken(world)
      const proof = proofOf(token, { htu: `https://api.example.com${path}` })
      expect((await app.send({ path, headers: dpop(token, proof) })).status).toBe(status)
    }
    const token = boundToken(world)
    const proof = proofOf(token, { htu: 'https://api.example.com/a' })
    expect((await app.send({ path: '/v1/a', headers: dpop(token, proof) })).status).toBe(401)
    await app.close()
  })

  it('D09 tells two proofs from one that is malformed', async () => {
    const world = createWorld()
    const app = await listen(express().use(guardWith(world.api)()))
    const token = boundToken(world)
    await app.send({ headers: [...dpop(token), ['DPoP', proofOf(token)]] })
    expect(world.reasons()).toEqual(['proof_repeated'])
    await app.close()
  })

  it('H10 uses up a proof once for each request, whatever guards it has', async () => {
    const world = createWorld()
    const [one, two] = [guardWith(world.api), guardWith(world.api)]
    const app = await listen(
      express().get('/', one(), one('read'), two(), (_request, response) => {
        response.json('passed')
      }),
    )
    const headers = dpop(boundToken(world))
    expect((await app.send({ headers })).status).toBe(200)
    expect((await app.send({ headers })).status).toBe(401)
    expect(world.reasons()).toEqual(['proof_replayed'])
    await app.close()
  })

  it('P09 serves the metadata behind a guard of everything, also below a router', async () => {
    const { api } = createWorld()
    const guard = guardWith(api)
    const router = express.Router().use(guard.metadata())
    const app = await listen(express().use('/.well-known', guard(), router))
    const path = '/.well-known/oauth-protected-resource'
    expect((await app.send({ path })).status).toBe(200)
    expect((await app.send({ path: '/.well-known/other' })).status).toBe(401)
    await app.close()
  })

  it('H05 ignores what others have put on the request', async () => {
    const { api } = createWorld()
    const guard = guardWith(api)
    const app = await listen(
      express()
        .use((request, _response, next) => {
          Object.assign(request, { auth: { subject: 'mallory' }, user: { subject: 'mallory' } })
          next()
        })
        .get('/', guard(undefined, { optional: true }), (request, response) => {
          response.json(guard.maybeAuth(request) ?? 'anonymous')
        }),
    )
    expect((await app.send({})).body).toBe('"anonymous"')
    await app.close()
  })

  it('H09 keeps the guards of two APIs apart', async () => {
    const [first, second] = [createWorld(), createWorld({ resource: 'urn:second' })]
    const [one, two] = [guardWith(first.api), guardWith(second.api)]
    const app = await listen(
      express()
        .get('/one', one(), (request, response) => {
          response.json(two.maybeAuth(request) ?? 'unknown')
        })
        .get('/both', one(), two(), (_request, response) => {
          response.json('both')
        }),
    )
    const single = first.token()
    expect((await app.send({ path: '/one', headers: bearer(single) })).body).toBe('"unknown"')
    const refused = await app.send({ path: '/both', headers: bearer(single) })
    expect(refused.headers['www-authenticate']).toMatch(
      /^Bearer realm="urn:second", error="invalid_token"/,
    )
    const double = first.token({ aud: ['https://api.example.com', 'urn:second'] })
    expect((await app.send({ path: '/both', headers: bearer(double) })).status).toBe(200)
    await app.close()
  })

  it('R07 reads the parameters of a route, also of the router around it', async () => {
    const { api, token } = createWorld()
    const guard = guardWith(api)
    const ofTenant = guard(tenant((request) => request.params?.['tenant']))
    const routes = express
      .Router({ mergeParams: true })
      .get('/invoices', ofTenant, (request, response) => {
        response.json(guard.auth(request).subject)
      })
    const app = await listen(express().use('/:tenant', routes))
    const headers = bearer(token({ tenant_id: 'a' }))
    expect((await app.send({ path: '/a/invoices', headers })).status).toBe(200)
    expect((await app.send({ path: '/b/invoices', headers })).status).toBe(403)
    await app.close()
  })

  it.each(['next', 'throw'] as const)(
    'H07 with onError: %s leaves the answer to the error handling, headers and all',
    async (onError) => {
      const guard = guardWith(createWorld().api)
      const seen: unknown[] = []
      const app = await listen(
        express()
          .set('env', 'test')
          .use(guard('read', { onError }))
          .use((error: unknown, _request: Request, _response: Response, next: NextFunction) => {
            seen.push(error)
            next(error)
          }),
      )
      const { status, headers } = await app.send({ headers: bearer('opaque') })
      expect([status, headers['www-authenticate']]).toEqual([
        401,
        expect.stringContaining('error="invalid_token"'),
      ])
      expect(seen).toEqual([expect.objectContaining({ status: 401, expose: true })])
      const bound = await app.send({ headers: bearer(boundToken(createWorld())) })
      expect(bound.challenges).toEqual([
        expect.stringMatching(/^Bearer/),
        expect.stringMatching(/^DPoP/),
      ])
      await app.close()
    },
  )

  it('keeps what a CORS middleware has exposed', async () => {
    const guard = guardWith(createWorld().api)
    const app = await listen(
      express()
        .use((_request, response, next) => {
          response.setHeader('access-control-expose-headers', 'etag')
          next()
        })
        .use(guard()),
    )
    const { headers } = await app.send({})
    expect(headers['access-control-expose-headers']).toBe('etag, WWW-Authenticate, DPoP-Nonce')
    await app.close()
  })
})
