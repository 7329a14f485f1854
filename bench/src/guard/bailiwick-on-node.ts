import type { RequestListener } from 'node:http'
import { bailiwickApi } from './bailiwick-api.js'
import type { GuardContender } from './guard-contender.js'
import { sendJson } from './send-json.js'
import { world } from './world.js'

/** Bailiwick's SDK on node:http itself, where it is asked about each request. */
export async function bailiwickOnNode(contender: GuardContender): Promise<RequestListener> {
  const { authenticate, requirement } = bailiwickApi(contender)
  const needs = requirement(world.scope)
  return async ({ method = 'GET', url = '/', headers }, response) => {
    const result = await authenticate({ method, url, headers }, needs)
    if (result.ok) {
      sendJson(response, { subject: result.auth.subject })
      return
    }
    const { status, headers: fields, body } = result.response
    for (const [name, value] of Object.entries(fields)) response.setHeader(name, value)
    response.writeHead(status).end(body)
  }
}
