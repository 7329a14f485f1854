import { defineResources } from '@bailiwick/protocol'
import type { HttpResponse, ResourceDefinitions } from '@bailiwick/protocol'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import type { JWTPayload, ProtectedHeaderParameters } from 'jose'
import { createAuthorizationServer, generateSigningKey, sha256 } from '../../src/index.js'
import type {
  AuthorizationServer,
  AuthorizationServerOptions,
  Client,
  Grant,
} from '../../src/index.js'

export const issuer = 'https://id.example.com'
export const now = 1_800_000_000

/** Made once, because making an RSA key takes a while. */
export const signingKeys = [
  generateSigningKey('RS256'),
  generateSigningKey('PS256'),
  generateSigningKey('ES256'),
  generateSigningKey('EdDSA'),
] as const

/** For servers that make their keys themselves. */
export const dataKeys = [Buffer.alloc(32, 1).toString('base64')] as const

export const client: Client = {
  clientId: 'client',
  clientSecrets: [{ value: sha256('secret') }],
  allowedGrantTypes: ['client_credentials'],
  allowedScopes: ['read', 'write'],
}

/** A server with one API and one client; a test says what differs. */
export function testServer(options: Partial<AuthorizationServerOptions> = {}): AuthorizationServer {
  return createAuthorizationServer<ResourceDefinitions>({
    issuer,
    resources: defineResources({
      apiScopes: ['read', 'write'],
      apiResources: [{ name: 'urn:api', scopes: ['read', 'write'] }],
    }),
    clients: [client],
    signingKeys,
    dataKeys,
    now: () => now,
    ...options,
  })
}

export const basic = (id: string, secret: string): string =>
  `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`

export interface TestRequest {
  readonly authorization?: string | null
  readonly headers?: Readonly<Record<string, string>>
  readonly path?: string
}

/** Posts a form as the client `client`, or as somebody else. */
export async function post(
  server: AuthorizationServer,
  form: string | Record<string, string> | [string, string][],
  { authorization = basic('client', 'secret'), headers = {}, path = '/token' }: TestRequest = {},
): Promise<HttpResponse> {
  const response = await server.handle({
    method: 'POST',
    url: path,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(authorization !== null && { authorization }),
      ...headers,
    },
    body: async () => (typeof form === 'string' ? form : new URLSearchParams(form).toString()),
  })
  if (response === undefined) throw new Error(`no endpoint at ${path}`)
  return response
}

export async function get(
  server: AuthorizationServer,
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<HttpResponse> {
  const response = await server.handle({ method: 'GET', url, headers, body: async () => '' })
  if (response === undefined) throw new Error(`no endpoint at ${url}`)
  return response
}

export const bodyOf = ({ body = '{}' }: HttpResponse): Record<string, unknown> =>
  JSON.parse(body) as Record<string, unknown>

export interface IssuedToken {
  readonly header: ProtectedHeaderParameters
  readonly claims: JWTPayload
  readonly response: Record<string, unknown>
}

/** Asks for a token with client_credentials and takes it apart. */
export async function requestToken(
  server: AuthorizationServer,
  parameters: Record<string, string> = {},
  request: TestRequest = {},
): Promise<IssuedToken> {
  const response = await post(server, { grant_type: 'client_credentials', ...parameters }, request)
  const body = bodyOf(response)
  if (response.status !== 200) throw new Error(`${response.status} ${response.body ?? ''}`)
  const token = String(body['access_token'])
  return { header: decodeProtectedHeader(token), claims: decodeJwt(token), response: body }
}

/** A grant that any client may use to get a token about a user, as an application of ours could define one. */
export function userGrant(user: Awaited<ReturnType<Grant['validate']>>['user']): Grant {
  return {
    grantType: 'urn:example:user',
    validate: async ({ parameters }) => ({
      ...(user !== undefined && { user }),
      scopes: parameters.get('scope')?.split(' '),
    }),
  }
}
