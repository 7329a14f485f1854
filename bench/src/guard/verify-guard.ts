import { deepStrictEqual, strictEqual } from 'node:assert/strict'
import { world } from './world.js'

const send = (origin: string, token: string): Promise<Response> =>
  fetch(origin + world.path, { headers: { authorization: `Bearer ${token}` } })

/** The token with another signature of the same form. */
function forge(token: string): string {
  const at = token.lastIndexOf('.') + 1
  return token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1)
}

/** Throws unless a route lets the token pass and tells whom it is about. */
export async function verifyRoute(origin: string, token: string): Promise<void> {
  const accepted = await send(origin, token)
  strictEqual(accepted.status, 200, `${origin} answers ${accepted.status}`)
  deepStrictEqual(await accepted.json(), { subject: world.subject })
}

/** Throws unless a guard lets the token pass and tells whom it is about, and refuses it when it is forged. */
export async function verifyGuard(origin: string, token: string): Promise<void> {
  await verifyRoute(origin, token)
  const refused = await send(origin, forge(token))
  strictEqual(refused.status, 401, `${origin} answers ${refused.status} to a forged token`)
}
