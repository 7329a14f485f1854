import type { HttpResponse, ResourceDefinitions } from '@bailiwick/protocol'
import { defaultGrants, sha256 } from '../../src/index.js'
import type {
  AuthorizationServer,
  AuthorizationServerOptions,
  Client,
  ServerEvent,
} from '../../src/index.js'
import { basic, bodyOf, client, post, testServer, userGrant } from './server.js'

const secrets = [{ value: sha256('secret') }]

export const resources: ResourceDefinitions = {
  identityResources: ['openid', 'email'],
  apiScopes: [
    { name: 'read', userClaims: ['role'] },
    { name: 'pay', userClaims: ['limit'] },
    'shared',
    { name: 'transaction', parameter: {} },
    'lonely',
  ],
  apiResources: [
    {
      name: 'urn:invoices',
      scopes: ['read', 'shared', 'transaction'],
      userClaims: ['department'],
      secrets,
    },
    {
      name: 'urn:payments',
      scopes: ['pay', 'shared', 'lonely'],
      userClaims: ['region'],
      requireResourceIndicator: false,
      secrets,
    },
  ],
}

const allowedScopes = ['openid', 'email', 'read', 'pay', 'shared', 'transaction', 'lonely']

/** A client whose access tokens are handles. */
export const handles: Client = {
  ...client,
  clientId: 'handles',
  allowedGrantTypes: ['client_credentials', 'urn:example:user', 'refresh_token'],
  allowedScopes,
  allowOfflineAccess: true,
  accessTokenType: 'reference',
  claims: { tier: 'gold' },
}

/** The same, but its access tokens are JWTs. */
export const jwts: Client = { ...handles, clientId: 'jwts', accessTokenType: 'jwt' }

/** A client that only names itself. */
export const open: Client = {
  clientId: 'open',
  requireClientSecret: false,
  allowedGrantTypes: ['urn:example:user', 'refresh_token'],
  allowedScopes,
  allowOfflineAccess: true,
  accessTokenType: 'reference',
}

const bob = {
  subject: 'bob',
  authTime: 1_700_000_000,
  amr: ['pwd'],
  acr: 'urn:mfa',
  sessionId: 'session',
  identityProvider: 'local',
}

const known = { role: ['admin'], limit: 5, department: 7, region: 'west', email: 'bob@example.com' }

/** A server with two APIs that share a scope, clients with tokens of either kind, and what it reported. */
export function tokenWorld(options: Partial<AuthorizationServerOptions> = {}): {
  readonly server: AuthorizationServer
  readonly events: readonly ServerEvent[]
} {
  const events: ServerEvent[] = []
  const server = testServer({
    resources,
    clients: [handles, jwts, open],
    grants: [...defaultGrants, userGrant(bob)],
    profile: { claims: async () => known },
    onEvent: (event) => events.push(event),
    ...options,
  })
  return { server, events }
}

type Form = Readonly<Record<string, string>>

const send = (
  server: AuthorizationServer,
  path: string,
  caller: string,
  form: Form,
): Promise<HttpResponse> =>
  caller === 'open'
    ? post(server, { ...form, client_id: caller }, { path, authorization: null })
    : post(server, form, { path, authorization: basic(caller, 'secret') })

/** Gets a token: about bob, or of the client itself when the scope is prefixed with `own:`. */
export async function issued(
  server: AuthorizationServer,
  clientId: string,
  parameters: Form,
): Promise<Readonly<Record<'access_token' | 'refresh_token', string>>> {
  const response = await send(server, '/token', clientId, {
    grant_type: 'urn:example:user',
    ...parameters,
  })
  if (response.status !== 200) throw new Error(response.body)
  return bodyOf(response) as Record<'access_token' | 'refresh_token', string>
}

/** Asks about a token, as an API or a client with the secret `secret`. */
export const introspect = (
  server: AuthorizationServer,
  caller: string,
  form: Form,
): Promise<HttpResponse> => send(server, '/introspect', caller, form)

/** Gives a token back. */
export const revoke = (
  server: AuthorizationServer,
  caller: string,
  form: Form,
): Promise<HttpResponse> => send(server, '/revoke', caller, form)

/** Tells whether a token is good, in the eyes of somebody. */
export const isActive = async (
  server: AuthorizationServer,
  caller: string,
  token: string,
): Promise<unknown> => bodyOf(await introspect(server, caller, { token }))['active']
