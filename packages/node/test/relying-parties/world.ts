import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAuthorizationServer, sha256 } from '@bailiwick/core'
import type { AuthorizationServer, Client } from '@bailiwick/core'
import { defineResources, email, openid } from '@bailiwick/protocol'
import type { HttpHandler } from '@bailiwick/protocol'
import { toNodeListener } from '../../src/index.js'

export const redirectUri = 'https://app.example.com/callback'
export const afterLogout = 'https://app.example.com/bye'

const resources = defineResources({
  identityResources: [openid, email],
  apiScopes: ['invoice.read', 'payment.make'],
  apiResources: [
    {
      name: 'urn:invoices',
      scopes: ['invoice.read'],
      requireResourceIndicator: true,
      secrets: [{ value: sha256('secret of the API') }],
    },
    { name: 'urn:payments', scopes: ['payment.make'] },
  ],
})

const client = {
  clientSecrets: [{ value: sha256('secret') }],
  allowedGrantTypes: ['authorization_code', 'refresh_token'],
  redirectUris: [redirectUri],
  postLogoutRedirectUris: [afterLogout],
  allowedScopes: ['openid', 'email', 'invoice.read', 'payment.make'],
  allowOfflineAccess: true,
} as const satisfies Omit<Client, 'clientId'>

const clients = [
  { ...client, clientId: 'basic' },
  { ...client, clientId: 'post' },
  { ...client, clientId: 'handles', accessTokenType: 'reference' },
  { ...client, clientId: 'public', clientSecrets: [], requireClientSecret: false },
] as const satisfies readonly Client[]

/** An authorization server that listens, and a user with a browser. */
export interface World {
  readonly issuer: URL
  /** Goes where a client sends the browser, signs in where asked, and gives where the browser ends up. */
  readonly follow: (url: URL) => Promise<URL>
  readonly close: () => Promise<void>
}

interface Jar {
  readonly cookies: Map<string, string>
}

async function fetchWith({ cookies }: Jar, url: URL): Promise<Response> {
  const cookie = [...cookies].map((pair) => pair.join('=')).join('; ')
  const response = await fetch(url, { redirect: 'manual', headers: { cookie } })
  for (const header of response.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(header) ?? []
    cookies.set(name, value)
  }
  return response
}

async function follow(server: AuthorizationServer, jar: Jar, url: URL): Promise<URL> {
  if (url.origin !== server.issuer) return url
  const [, id] = /^\/interaction\/(.+)$/.exec(url.pathname) ?? []
  if (id !== undefined) {
    const next = await server.interactions.login(id, { subject: 'alice', amr: ['pwd'] })
    return follow(server, jar, new URL(next))
  }
  const response = await fetchWith(jar, url)
  const location = response.headers.get('location')
  if (location === null) throw new Error(`${response.status} ${await response.text()}`)
  return follow(server, jar, new URL(location))
}

export async function createWorld(): Promise<World> {
  let handle: HttpHandler = async () => undefined
  const http = createServer(toNodeListener((request) => handle(request)))
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const { port } = http.address() as AddressInfo
  const server = createAuthorizationServer({
    issuer: `http://127.0.0.1:${port}`,
    resources,
    clients,
    profile: { claims: async () => ({ email: 'alice@example.com' }) },
  })
  ;({ handle } = server)
  const jar = { cookies: new Map<string, string>() }
  return {
    issuer: new URL(server.issuer),
    follow: (url) => follow(server, jar, url),
    async close() {
      http.closeAllConnections()
      http.close()
      await once(http, 'close')
    },
  }
}
