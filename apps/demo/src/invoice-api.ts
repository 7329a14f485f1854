import { guardWith } from '@bailiwick/api-sdk/express'
import express from 'express'
import type { Express } from 'express'
import type { ApiRoute } from './api-routes.js'

/** The invoice API, on Express. */
export function invoiceApi(routes: readonly ApiRoute[]): Express {
  const app = express()
  for (const { path, scope, api } of routes) {
    const guard = guardWith(api)
    app.get(path, guard(scope), (request, response) => {
      const { clientId, subject } = guard.auth(request)
      response.json({ api: 'invoice', client: clientId, subject })
    })
  }
  return app
}
