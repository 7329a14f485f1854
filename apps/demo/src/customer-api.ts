import { guardWith } from '@bailiwick/api-sdk/koa'
import Koa from 'koa'
import type { ApiRoute } from './api-routes.js'

/** The customer API, on Koa. */
export function customerApi(routes: readonly ApiRoute[]): Koa {
  const app = new Koa()
  for (const { path, scope, api } of routes) {
    const guard = guardWith(api)
    const guarded = guard(scope)
    app.use(async (ctx, next) => {
      if (ctx.path !== path) return next()
      return guarded(ctx, async () => {
        const { clientId, subject } = guard.auth(ctx)
        ctx.body = { api: 'customer', client: clientId, subject }
      })
    })
  }
  return app
}
