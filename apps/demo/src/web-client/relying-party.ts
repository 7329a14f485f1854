import * as client from 'openid-client'

/** What has to be remembered between the request for a sign-in and its answer. */
export interface PendingSignIn {
  readonly pkceCodeVerifier: string
  readonly expectedState: string
  readonly expectedNonce: string
}

/** What a user's sign-in has given. */
export interface Tokens {
  readonly idToken: string
  readonly refreshToken: string
  /** The access token that the code was redeemed for: for the APIs that are not isolated, and for userinfo. */
  readonly accessToken: string
  readonly userinfo: Readonly<Record<string, unknown>>
}

/** A request that the identity server refused, in its words. */
export interface Refusal {
  readonly error: string
  readonly description: string
}

/** What a web application does with an identity server. */
export interface RelyingParty {
  readonly begin: () => Promise<{ readonly url: URL; readonly pending: PendingSignIn }>
  readonly finish: (callback: URL, pending: PendingSignIn) => Promise<Tokens>
  /** Gets a token for one API. Refresh tokens of this client stay the same. */
  readonly tokenFor: (resource: string, refreshToken: string) => Promise<string | Refusal>
  readonly signOutUrl: (idToken: string) => Promise<URL>
}

const scope = 'openid profile email employee invoice.read invoice.pay customer.read offline_access'

/** Reads what the identity server said against a request. Anything else is a failure of this application. */
export function refusalOf(error: unknown): Refusal {
  if (
    error instanceof client.ResponseBodyError ||
    error instanceof client.AuthorizationResponseError
  ) {
    return { error: error.error, description: error.error_description ?? '' }
  }
  throw error
}

type Configure = () => Promise<client.Configuration>

/** Finds out at the first use where the endpoints of the identity server are, and keeps what it has answered. */
function discoverOnce(issuer: string): Configure {
  const authentication = client.ClientSecretBasic('secret')
  // The demo has no certificate for https.
  const execute = [client.allowInsecureRequests]
  let configuration: client.Configuration | undefined
  return async () => {
    configuration ??= await client.discovery(new URL(issuer), 'web', undefined, authentication, {
      execute,
    })
    return configuration
  }
}

const beginWith =
  (configure: Configure, origin: string): RelyingParty['begin'] =>
  async () => {
    const pending = {
      pkceCodeVerifier: client.randomPKCECodeVerifier(),
      expectedState: client.randomState(),
      expectedNonce: client.randomNonce(),
    }
    const parameters = new URLSearchParams([
      ['redirect_uri', `${origin}/callback`],
      ['scope', scope],
      ['resource', 'urn:invoices'],
      ['resource', 'urn:customers'],
      ['state', pending.expectedState],
      ['nonce', pending.expectedNonce],
      ['code_challenge', await client.calculatePKCECodeChallenge(pending.pkceCodeVerifier)],
      ['code_challenge_method', 'S256'],
    ])
    return { url: client.buildAuthorizationUrl(await configure(), parameters), pending }
  }

const finishWith =
  (configure: Configure): RelyingParty['finish'] =>
  async (callback, pending) => {
    const config = await configure()
    const checks = { ...pending, idTokenExpected: true }
    const tokens = await client.authorizationCodeGrant(config, callback, checks)
    const subject = tokens.claims()?.sub ?? ''
    return {
      idToken: tokens.id_token ?? '',
      refreshToken: tokens.refresh_token ?? '',
      accessToken: tokens.access_token,
      userinfo: await client.fetchUserInfo(config, tokens.access_token, subject),
    }
  }

/** Makes a certified relying party, openid-client, act for this application. */
export function createRelyingParty(issuer: string, origin: string): RelyingParty {
  const configure = discoverOnce(issuer)
  return {
    begin: beginWith(configure, origin),
    finish: finishWith(configure),
    async tokenFor(resource, refreshToken) {
      try {
        const tokens = await client.refreshTokenGrant(await configure(), refreshToken, { resource })
        return tokens.access_token
      } catch (error) {
        return refusalOf(error)
      }
    },
    async signOutUrl(idToken) {
      return client.buildEndSessionUrl(await configure(), {
        id_token_hint: idToken,
        post_logout_redirect_uri: `${origin}/`,
      })
    },
  }
}
