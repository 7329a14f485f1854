import * as oauth from 'oauth4webapi'
import { client, clientAuthentication, endpoint, options, redirectUri, server } from './provider.js'

interface Tokens {
  readonly accessToken: string
  readonly refreshToken: string | undefined
  readonly idToken: string | undefined
  readonly expiresAt: number
}

// In memory and nowhere else. What is in localStorage can be read by every script that ever runs at this origin, also
// tomorrow, and taken away. A reload forgets the tokens, and the session at the server gives new ones without a question.
let tokens: Tokens | undefined
let refreshing: Promise<Tokens> | undefined

export const isSignedIn = (): boolean => tokens !== undefined

/** Takes what the token endpoint has answered. */
export function keepTokens(response: oauth.TokenEndpointResponse): Tokens {
  tokens = {
    accessToken: response.access_token,
    refreshToken: response.refresh_token ?? tokens?.refreshToken,
    idToken: response.id_token ?? tokens?.idToken,
    // A little early: a token that ends while a request is on its way is refused.
    expiresAt: Date.now() + ((response.expires_in ?? 0) - 10) * 1000,
  }
  return tokens
}

async function refresh(refreshToken: string): Promise<Tokens> {
  const response = await oauth.refreshTokenGrantRequest(
    server,
    client,
    clientAuthentication,
    refreshToken,
    options,
  )
  return keepTokens(await oauth.processRefreshTokenResponse(server, client, response))
}

/** An access token that has not expired. When that cannot be had, the user is signed out. */
async function accessToken(): Promise<string> {
  if (tokens === undefined) throw new Error('nobody is signed in')
  if (Date.now() < tokens.expiresAt) return tokens.accessToken
  if (tokens.refreshToken === undefined) throw new Error('the access token has expired')
  // A refresh token counts once, so calls side by side have to share the request.
  refreshing ??= refresh(tokens.refreshToken).finally(() => (refreshing = undefined))
  return (await refreshing).accessToken
}

/** Calls the API in the name of the user. */
export async function callApi(path: string): Promise<Response> {
  const headers = { authorization: `Bearer ${await accessToken()}` }
  return fetch(`${import.meta.env.VITE_API_URL}${path}`, { headers })
}

/** Ends the session at the server as well: otherwise the next sign-in would ask for no password. */
export function signOut(): void {
  const url = endpoint('end_session_endpoint')
  url.search = new URLSearchParams({
    client_id: client.client_id,
    id_token_hint: tokens?.idToken ?? '',
    post_logout_redirect_uri: redirectUri,
  }).toString()
  tokens = undefined
  location.assign(url)
}
