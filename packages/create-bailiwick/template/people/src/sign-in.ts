import { randomBytes } from 'node:crypto'
import * as oauth from 'openid-client'
import { clientSecret, clientUrl, issuer } from './settings.js'

/** Who has signed in, and what the client got for it. */
export interface Person {
  readonly name: string
  readonly accessToken: string
  readonly idToken: string
}

/** What is remembered of somebody who uses the client, under the value of a cookie. */
interface Visit {
  readonly person?: Person
  readonly problem?: string
  /** What the answer to a request for a sign-in has to fit. */
  readonly checks?: { pkceCodeVerifier: string; expectedState: string; expectedNonce: string }
}

const visits = new Map<string, Visit>()

/** Remembers a visit for a while, and gives the value of its cookie. */
function remember(visit: Visit): string {
  const id = randomBytes(32).toString('base64url')
  visits.set(id, visit)
  // Not everybody comes back. Who begins to sign in has ten minutes; an access token lasts an hour.
  const minutes = visit.person === undefined ? 10 : 60
  setTimeout(() => visits.delete(id), minutes * 60_000).unref()
  return id
}

/** Where the server sends browsers back to. */
const callbackUrl = `${clientUrl}/callback`

let configuration: oauth.Configuration | undefined

/** Asks the server where its endpoints are, until it has answered once. */
async function discover(): Promise<oauth.Configuration> {
  configuration ??= await oauth.discovery(new URL(issuer), 'web', clientSecret, undefined, {
    // On this machine there is no https.
    execute: issuer.startsWith('http://127.0.0.1:') ? [oauth.allowInsecureRequests] : [],
  })
  return configuration
}

/** What is known of whoever has this cookie. */
export const findVisit = (id = ''): Visit => visits.get(id) ?? {}

/** Where to send the browser to sign in, and the new value of the cookie. */
export async function beginSignIn(): Promise<{ url: string; id: string }> {
  const checks = {
    pkceCodeVerifier: oauth.randomPKCECodeVerifier(),
    expectedState: oauth.randomState(),
    expectedNonce: oauth.randomNonce(),
  }
  const url = oauth.buildAuthorizationUrl(await discover(), {
    redirect_uri: callbackUrl,
    scope: 'openid profile invoice.read',
    state: checks.expectedState,
    nonce: checks.expectedNonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
    code_challenge_method: 'S256',
  })
  return { url: url.href, id: remember({ checks }) }
}

async function redeem(callback: URL, checks: Visit['checks']): Promise<Visit> {
  try {
    const tokens = await oauth.authorizationCodeGrant(await discover(), callback, {
      ...checks,
      idTokenExpected: true,
    })
    const { name } = Object(tokens.claims())
    return {
      person: {
        name: String(name),
        accessToken: tokens.access_token,
        idToken: tokens.id_token ?? '',
      },
    }
  } catch (error) {
    if (error instanceof oauth.AuthorizationResponseError) {
      return { problem: error.error_description ?? error.error }
    }
    // It is no answer to what this browser has asked for.
    if (error instanceof oauth.ClientError) return { problem: 'Please sign in again.' }
    throw error
  }
}

/** Takes what the server has sent the browser back with, and gives the new value of the cookie. */
export async function finishSignIn(url: string, id = ''): Promise<string> {
  const { checks } = findVisit(id)
  visits.delete(id)
  if (checks === undefined) return remember({ problem: 'Please sign in again.' })
  // Only what follows the ? counts. The rest of the URL may come from the header Host, which anybody can choose.
  const { search } = new URL(url, callbackUrl)
  return remember(await redeem(new URL(search, callbackUrl), checks))
}

/** Forgets who has this cookie, and tells where to send the browser to be signed out at the server too. */
export async function signOut(id = ''): Promise<string> {
  const { person } = findVisit(id)
  visits.delete(id)
  if (person === undefined) return '/'
  const url = oauth.buildEndSessionUrl(await discover(), {
    id_token_hint: person.idToken,
    post_logout_redirect_uri: `${clientUrl}/`,
  })
  return url.href
}
