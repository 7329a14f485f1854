import { Provider } from 'oidc-provider'
import { listening } from '../../../tests/support/listening.js'

/** A server that has issued refresh tokens: oidc-provider, whose requests are those of every such server. */
export interface FormerServer {
  readonly tokenEndpoint: string
  /** A refresh token of Alice for a client, as if she had signed in there. */
  readonly refreshToken: (clientId: string) => Promise<string>
  readonly close: () => void
}

const scope = 'openid offline_access invoice.read'

const common = {
  grant_types: ['authorization_code', 'refresh_token'],
  redirect_uris: ['https://app.example.com/callback'],
}

const createProvider = (url: string): Provider =>
  new Provider(url, {
    scopes: scope.split(' '),
    features: { devInteractions: { enabled: false } },
    clients: [
      { ...common, client_id: 'web', client_secret: 'the secret of the move: 100%' },
      { ...common, client_id: 'app', token_endpoint_auth_method: 'none' },
    ],
    findAccount: (_context, id) => ({ accountId: id, claims: async () => ({ sub: id }) }),
  })

/** Has Alice sign in at a client, and gives the refresh token that it gets. */
async function issueRefreshToken(provider: Provider, clientId: string): Promise<string> {
  const client = await provider.Client.find(clientId)
  if (client === undefined) throw new Error(`there is no client ${clientId}`)
  const grant = new provider.Grant({ accountId: 'alice', clientId })
  grant.addOIDCScope(scope)
  grant.addOIDCClaims(['auth_time'])
  const grantId = await grant.save()
  const token = new provider.RefreshToken({
    accountId: 'alice',
    client,
    grantId,
    gty: 'authorization_code',
    scope,
    authTime: 1_700_000_000,
    // A server need not say when users have signed in unless it is asked to.
    claims: { id_token: { auth_time: { essential: true } } },
    sessionUid: 'session',
    expiresWithSession: false,
  })
  return token.save()
}

/** Starts one that knows the clients `web`, which has a secret, and `app`, which has none. */
export async function startFormerServer(): Promise<FormerServer> {
  let provider: Provider
  const { url, close } = await listening((address) => {
    provider = createProvider(address)
    return provider.callback()
  })
  return {
    tokenEndpoint: `${url}/token`,
    refreshToken: (clientId) => issueRefreshToken(provider, clientId),
    close,
  }
}
