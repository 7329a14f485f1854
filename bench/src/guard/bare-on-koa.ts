import type { RequestListener } from 'node:http'
import Koa from 'koa'
import { createBareCheck } from './bare-check.js'
import type { GuardContender } from './guard-contender.js'

/** A bare middleware of Koa that verifies by itself, or that lets everybody pass. */
export async function bareOnKoa(contender: GuardContender): Promise<RequestListener> {
  const check = await createBareCheck(contender)
  return new Koa()
    .use(async (ctx) => {
      const subject = await check(ctx.headers.authorization)
      if (subject === undefined) ctx.status = 401
      else ctx.body = { subject }
    })
    .callback()
}
