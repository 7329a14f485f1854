import * as client from 'openid-client'
import { createUserAgent } from '../../../packages/cli/test/support/user-agent.js'
import type { UserAgent } from '../../../packages/cli/test/support/user-agent.js'

/** How a sign-in differs from that of the examples' confidential client. */
interface SignInOptions {
  readonly authentication?: client.ClientAuth
  /** Without it, that of the examples: nothing has to listen there. */
  readonly redirectUri?: string
}

/** Somebody who begins to sign in. */
export interface Beginning {
  readonly config: client.Configuration
  readonly agent: UserAgent
  readonly url: URL
  /** Redeems the code with which the browser came back. */
  readonly redeem: (
    url: URL,
  ) => Promise<client.TokenEndpointResponse & client.TokenEndpointResponseHelpers>
}

/** Finds a server as the client does. */
export function discover(
  issuer: string,
  clientId: string,
  authentication: client.ClientAuth = client.ClientSecretBasic('secret'),
): Promise<client.Configuration> {
  return client.discovery(new URL(issuer), clientId, undefined, authentication, {
    execute: [client.allowInsecureRequests],
  })
}

/** Sends a browser to the server, as the client `web`. */
export async function beginSignIn(
  issuer: string,
  scope: string,
  { authentication, redirectUri = 'http://127.0.0.1:5003/callback' }: SignInOptions = {},
): Promise<Beginning> {
  const config = await discover(issuer, 'web', authentication)
  const pkceCodeVerifier = client.randomPKCECodeVerifier()
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope,
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  })
  return {
    config,
    agent: createUserAgent(issuer),
    url,
    redeem: (callback) => client.authorizationCodeGrant(config, callback, { pkceCodeVerifier }),
  }
}
