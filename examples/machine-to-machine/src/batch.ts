import { env } from 'node:process'
import * as client from 'openid-client'
import { apiUrl, issuer } from './addresses.js'
import { createTokenSource } from './token-source.js'

const { CLIENT_SECRET = 'secret' } = env

const configuration = await client.discovery(
  new URL(issuer),
  'batch',
  undefined,
  client.ClientSecretBasic(CLIENT_SECRET),
  // The issuer of this example has no certificate. Leave it out where there is https.
  { execute: [client.allowInsecureRequests] },
)

const tokens = createTokenSource(() =>
  client.clientCredentialsGrant(configuration, { scope: 'invoice.read' }),
)

async function callOnce(path: string): Promise<{ response: Response; token: string }> {
  const token = await tokens.get()
  const headers = { authorization: `Bearer ${token}` }
  return { token, response: await fetch(`${apiUrl}${path}`, { headers }) }
}

/** Calls the API. A token that it does not take any more is replaced, once: a second 401 is no matter of the token. */
async function call(path: string): Promise<Response> {
  const { response, token } = await callOnce(path)
  if (response.status !== 401) return response
  tokens.discard(token)
  return (await callOnce(path)).response
}

for (const id of ['1', '2', '3']) {
  const response = await call(`/invoices/${id}`)
  if (!response.ok) throw new Error(`the API answered ${response.status} for invoice ${id}`)
  console.log(`invoice ${id}:`, await response.text())
}
