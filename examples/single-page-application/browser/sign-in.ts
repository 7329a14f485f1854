import * as oauth from 'oauth4webapi'
import { client, clientAuthentication, endpoint, options, redirectUri, server } from './provider.js'
import { keepTokens } from './tokens.js'

interface Pending {
  readonly codeVerifier: string
  readonly state: string
  readonly nonce: string
}

// Outlives the way to the server and back, and belongs to this tab. None of it is a token: without the code that only
// the server sends, it is good for nothing.
const pendingKey = 'pending-sign-in'

/** Sends the browser to the server. */
export async function beginSignIn(): Promise<void> {
  const pending: Pending = {
    codeVerifier: oauth.generateRandomCodeVerifier(),
    state: oauth.generateRandomState(),
    nonce: oauth.generateRandomNonce(),
  }
  sessionStorage.setItem(pendingKey, JSON.stringify(pending))
  const url = endpoint('authorization_endpoint')
  url.search = new URLSearchParams({
    client_id: client.client_id,
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: 'openid invoice.read offline_access',
    state: pending.state,
    nonce: pending.nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(pending.codeVerifier),
    code_challenge_method: 'S256',
  }).toString()
  location.assign(url)
}

/** Redeems the code with which the server has sent the browser back, if it has. */
export async function finishSignIn(): Promise<void> {
  const url = new URL(location.href)
  const text = sessionStorage.getItem(pendingKey)
  if (text === null || !url.searchParams.has('state')) return
  // The code and what belongs to it count once, and do not stay in the history of the browser.
  sessionStorage.removeItem(pendingKey)
  history.replaceState(undefined, '', redirectUri)

  const { codeVerifier, state, nonce }: Pending = JSON.parse(text)
  const parameters = oauth.validateAuthResponse(server, client, url, state)
  const response = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    clientAuthentication,
    parameters,
    redirectUri,
    codeVerifier,
    options,
  )
  keepTokens(
    await oauth.processAuthorizationCodeResponse(server, client, response, {
      expectedNonce: nonce,
      requireIdToken: true,
    }),
  )
}
