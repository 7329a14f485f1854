import { deepStrictEqual, strictEqual } from 'node:assert/strict'
import type { LoadRequest } from '../measure/generate-load.js'
import { credentials, world } from './world.js'

type Body = Readonly<Record<string, unknown>>

const form = (
  path: string,
  authorization: string,
  parameters: Readonly<Record<string, string>>,
): LoadRequest => ({
  method: 'POST',
  path,
  headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(parameters).toString(),
})

async function ask(origin: string, { path, ...request }: LoadRequest): Promise<Body> {
  const response = await fetch(origin + path, request)
  strictEqual(response.status, 200, `${origin}${path} answers ${response.status}`)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what it holds is compared below
  return (await response.json()) as Body
}

async function issueToken(origin: string): Promise<string> {
  const { access_token: token } = await ask(
    origin,
    form('/token', credentials.client, {
      grant_type: 'client_credentials',
      scope: world.scopes.join(' '),
      resource: world.api,
    }),
  )
  if (typeof token !== 'string' || token.includes('.')) throw new TypeError('no opaque token')
  return token
}

const introspection = (token: string): LoadRequest =>
  form('/introspect', credentials.api, { token })

/**
 * Gets a token and gives the request of the API that asks about it. Throws unless the server tells what it should, of
 * this token and of one that does not exist.
 */
export async function prepareIntrospection(origin: string): Promise<LoadRequest> {
  const request = introspection(await issueToken(origin))
  const { active, aud, client_id: clientId, scope, iat, exp } = await ask(origin, request)
  deepStrictEqual(
    { active, aud, clientId, scope, lifetime: Number(exp) - Number(iat) },
    {
      active: true,
      aud: world.api,
      clientId: world.clientId,
      scope: world.scopes.join(' '),
      lifetime: world.lifetime,
    },
  )
  deepStrictEqual(await ask(origin, introspection('unknown')), { active: false })
  return request
}
