import * as oauth from 'openid-client'
import { apiUrl, clientSecret, issuer } from './settings.js'

/** Gets a token for the API. */
export async function fetchToken(scope: string): Promise<string> {
  const server = await oauth.discovery(new URL(issuer), 'batch', clientSecret, undefined, {
    // On this machine there is no https.
    execute: issuer.startsWith('http://127.0.0.1:') ? [oauth.allowInsecureRequests] : [],
  })
  const { access_token: token } = await oauth.clientCredentialsGrant(server, { scope })
  return token
}

/** Asks the API for the invoices. */
export async function fetchInvoices(token: string): Promise<string> {
  const headers = { authorization: `Bearer ${token}` }
  const response = await fetch(`${apiUrl}/invoices`, { headers })
  return `${response.status} ${await response.text()}`
}
