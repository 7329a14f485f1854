import { createAuthorizationServer, sha256 } from '@bailiwick/core'
import type { AuthorizationServer } from '@bailiwick/core'
import { toNodeListener } from '@bailiwick/node'
import { createSqliteStore } from '@bailiwick/store-sqlite'
import { createUi } from '@bailiwick/ui'
import { listening } from './listening.js'
import { mounts } from './mounts.js'
import { resources } from './resources.js'

const store = createSqliteStore({ file: `flow-${process.pid}.db` })

const serverOf = (issuer: string): AuthorizationServer =>
  createAuthorizationServer({
    issuer,
    resources,
    clients: [
      {
        clientId: 'batch',
        clientSecrets: [{ value: sha256('secret') }],
        allowedGrantTypes: ['client_credentials', 'authorization_code'],
        redirectUris: ['http://127.0.0.1/callback'],
        allowedScopes: ['openid', 'invoice.read', 'invoice.pay'],
      },
    ],
    store,
  })

async function fetchToken(issuer: string, scope: string): Promise<string> {
  const discovery = await fetch(`${issuer}/.well-known/openid-configuration`)
  const { token_endpoint: endpoint } = Object(await discovery.json())
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('batch:secret')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope }),
  })
  return Object(await response.json()).access_token
}

/** What the API answers to a token with a scope. */
async function ask(issuer: string, api: string, scope: string): Promise<string> {
  const token = await fetchToken(issuer, scope)
  const response = await fetch(api, { headers: { authorization: `Bearer ${token}` } })
  return `${response.status} ${response.ok ? await response.text() : ''}`
}

const answers: Record<string, readonly string[]> = {}
for (const [name, mount] of Object.entries(mounts)) {
  const issuer = await listening((url) => mount.server(serverOf(url)))
  const api = await listening(() => mount.api(issuer.url))
  answers[name] = [
    await ask(issuer.url, api.url, 'invoice.read'),
    await ask(issuer.url, api.url, 'invoice.pay'),
    String((await fetch(api.url)).status),
  ]
  issuer.close()
  api.close()
}

/** The page on which somebody signs in whom a client sends. */
const people = await listening((url) => {
  const server = serverOf(url)
  const ui = createUi({ server, authenticate: async () => undefined })
  return toNodeListener(async (request) => (await ui(request)) ?? server.handle(request))
})
const request = new URLSearchParams({
  client_id: 'batch',
  response_type: 'code',
  redirect_uri: 'http://127.0.0.1/callback',
  scope: 'openid',
  code_challenge: 'a'.repeat(43),
  code_challenge_method: 'S256',
})
const begun = await fetch(`${people.url}/authorize?${request}`, { redirect: 'manual' })
const page = await fetch(new URL(begun.headers.get('location') ?? '', people.url), {
  headers: {
    cookie: begun.headers
      .getSetCookie()
      .map((value) => value.split(';')[0])
      .join('; '),
  },
})
answers['people'] = [String(page.status), String((await page.text()).includes('name="password"'))]
people.close()

process.stdout.write(JSON.stringify(answers))
