import type { RequestListener } from 'node:http'
import express from 'express'
import { createBareCheck } from './bare-check.js'
import type { GuardContender } from './guard-contender.js'
import { world } from './world.js'

/** A bare route of Express that verifies by itself, or that lets everybody pass. */
export async function bareOnExpress(contender: GuardContender): Promise<RequestListener> {
  const check = await createBareCheck(contender)
  // oxlint-disable-next-line oxc/no-async-endpoint-handlers -- Express 5 awaits its handlers
  return express().get(world.path, async (request, response) => {
    const subject = await check(request.headers.authorization)
    if (subject === undefined) response.sendStatus(401)
    else response.json({ subject })
  })
}
