import type { RequestListener } from 'node:http'
import { createBareCheck } from './bare-check.js'
import type { GuardContender } from './guard-contender.js'
import { sendJson } from './send-json.js'

/** A bare listener of node:http that verifies by itself, or that lets everybody pass. */
export async function bareOnNode(contender: GuardContender): Promise<RequestListener> {
  const check = await createBareCheck(contender)
  return async (request, response) => {
    const subject = await check(request.headers.authorization)
    if (subject === undefined) response.writeHead(401).end()
    else sendJson(response, { subject })
  }
}
