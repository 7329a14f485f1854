import type { RequestListener } from 'node:http'
import { Router } from '@koa/router'
import Koa from 'koa'
import { createResourceServer } from '@bailiwick/api-sdk'
import type { ResourceServerOptions } from '@bailiwick/api-sdk'
import { guardWith } from '@bailiwick/api-sdk/koa'
import { resources } from './resources.js'

/** Whose tokens the API accepts. Tests have an issuer and a clock of their own. */
export type Trust = Pick<ResourceServerOptions, 'issuers' | 'fetch' | 'now'>

/** The API of the invoices. */
export function createApi(trust: Trust): RequestListener {
  const guard = guardWith(createResourceServer({ resource: 'urn:invoices', resources, ...trust }))
  const router = new Router()
  router.get('/invoices', guard('invoice.read'), (ctx) => {
    const { subject } = guard.auth(ctx)
    ctx.body = { subject, invoices: [{ number: 1, amount: 120 }] }
  })
  router.post('/payments', guard('invoice.pay'), (ctx) => {
    ctx.status = 204
  })
  return new Koa().use(router.routes()).callback()
}
