import type { RequestListener } from 'node:http'
import { guardWith } from '@bailiwick/api-sdk/express'
import express from 'express'
import { bailiwickApi } from './bailiwick-api.js'
import type { GuardContender } from './guard-contender.js'
import { world } from './world.js'

/** Bailiwick's guard on Express. */
export async function bailiwickOnExpress(contender: GuardContender): Promise<RequestListener> {
  const guard = guardWith(bailiwickApi(contender))
  return express().get(world.path, guard(world.scope), (request, response) => {
    response.json({ subject: guard.auth(request).subject })
  })
}
