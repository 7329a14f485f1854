import type { RequestListener } from 'node:http'
import { text } from 'node:stream/consumers'
import express from 'express'
import Koa from 'koa'
import { createResourceServer } from '@bailiwick/api-sdk'
import { guardWith as guardExpress } from '@bailiwick/api-sdk/express'
import { guardWith as guardFetch } from '@bailiwick/api-sdk/fetch'
import { guardWith as guardKoa } from '@bailiwick/api-sdk/koa'
import type { AuthorizationServer } from '@bailiwick/core'
import { bailiwick as onExpress } from '@bailiwick/express'
import { bailiwick as onFetch } from '@bailiwick/fetch'
import { bailiwick as onKoa } from '@bailiwick/koa'
import { resources } from './resources.js'

/** A way to serve the authorization server and an API. */
interface Mount {
  readonly server: (server: AuthorizationServer) => RequestListener
  readonly api: (issuer: string) => RequestListener
}

const apiOf = (issuer: string) =>
  createResourceServer({ resource: 'urn:invoices', resources, issuers: issuer })

/** Serves a handler of `Request` and `Response`. */
const toListener =
  (handle: (request: Request) => Response | Promise<Response>): RequestListener =>
  async (request, response) => {
    const { method = '', url, headersDistinct } = request
    const headers = Object.entries(headersDistinct).flatMap(([name, values = []]) =>
      values.map((value): [string, string] => [name, value]),
    )
    const body = method === 'POST' ? await text(request) : null
    const answer = await handle(new Request(`http://127.0.0.1${url}`, { method, headers, body }))
    response.writeHead(answer.status, Object.fromEntries(answer.headers))
    response.end(await answer.text())
  }

/** Every framework that there is an adapter for. */
export const mounts: Readonly<Record<string, Mount>> = {
  express: {
    server: (server) => express().use(onExpress(server.handle)),
    api(issuer) {
      const guard = guardExpress(apiOf(issuer))
      return express().get('/', guard('invoice.read'), (request, response) => {
        response.json(guard.auth(request).clientId)
      })
    },
  },
  koa: {
    server: (server) => new Koa().use(onKoa(server.handle)).callback(),
    api(issuer) {
      const guard = guardKoa(apiOf(issuer))
      const app = new Koa().use(guard('invoice.read')).use((ctx) => {
        ctx.body = JSON.stringify(guard.auth(ctx).clientId)
      })
      return app.callback()
    },
  },
  fetch: {
    server: (server) => toListener(onFetch(server.handle)),
    api: (issuer) =>
      toListener(
        guardFetch(apiOf(issuer))('invoice.read')((_request, auth) => Response.json(auth.clientId)),
      ),
  },
}
