import type { RequestListener } from 'node:http'
import { guardWith } from '@bailiwick/api-sdk/koa'
import Koa from 'koa'
import { bailiwickApi } from './bailiwick-api.js'
import type { GuardContender } from './guard-contender.js'
import { world } from './world.js'

/** Bailiwick's guard on Koa. */
export async function bailiwickOnKoa(contender: GuardContender): Promise<RequestListener> {
  const guard = guardWith(bailiwickApi(contender))
  return new Koa()
    .use(guard(world.scope))
    .use((ctx) => {
      ctx.body = { subject: guard.auth(ctx).subject }
    })
    .callback()
}
