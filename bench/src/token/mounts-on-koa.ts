import { bailiwick } from '@bailiwick/koa'
import Koa from 'koa'
import mount from 'koa-mount'
import { readForm } from './bare-endpoint.js'
import type { Mounts } from './mounts.js'

/** On Koa. */
export const mountsOnKoa: Mounts = {
  bailiwick: (handle) => new Koa().use(bailiwick(handle)).callback(),
  bare: (endpoint) =>
    new Koa()
      .use(async (ctx) => {
        ctx.body = await endpoint(await readForm(ctx.req))
      })
      .callback(),
  oidcProvider: (provider) => new Koa().use(mount(provider)).callback(),
}
