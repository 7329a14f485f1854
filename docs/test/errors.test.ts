import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createResourceServer, role } from '@bailiwick/api-sdk'
import type { Needs, ResourceServerOptions } from '@bailiwick/api-sdk'
import { guardWith } from '@bailiwick/api-sdk/fetch'
import { createTestIssuer } from '@bailiwick/api-sdk/testing'
import { createAuthorizationServer, sha256 } from '@bailiwick/core'
import type { AuthorizationServer, Client } from '@bailiwick/core'
import type { ResourceDefinitions } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'

const page = readFileSync(new URL('../guides/errors.md', import.meta.url), 'utf8')

/** The rows of the table below a heading: their cells. */
function rowsOf(heading: string): readonly (readonly string[])[] {
  const [, section = ''] = page.split(`\n## ${heading}\n`)
  const [text = ''] = section.split('\n## ')
  return [...text.matchAll(/^\| (.*`.*) \|$/gm)].map(([, row = '']) =>
    row.split(' | ').map((cell) => cell.trim()),
  )
}

/** What a row says is seen, without its marks. */
const seenIn = (cell: string | undefined): string => (cell ?? '').replaceAll('`', '')

type Form = Readonly<Record<string, string | readonly string[]>>

const encode = (form: Form): string =>
  new URLSearchParams(
    Object.entries(form).flatMap(([name, values]) => [values].flat().map((value) => [name, value])),
  ).toString()

const issuer = 'http://127.0.0.1:5001'
const callback = 'http://127.0.0.1:5003/callback'
const verifier = 'v'.repeat(43)
const challenge = createHash('sha256').update(verifier).digest('base64url')

const people = {
  requireClientSecret: false,
  allowedGrantTypes: ['authorization_code', 'refresh_token'],
  redirectUris: [callback],
  allowedScopes: ['openid', 'a', 'b', 'c', 'ab'],
  allowOfflineAccess: true,
} as const
const clients: readonly Client[] = [
  {
    clientId: 'batch',
    clientSecrets: [{ value: sha256('secret') }],
    allowedGrantTypes: ['client_credentials'],
    allowedScopes: ['openid', 'a', 'b', 'order.read'],
  },
  { clientId: 'app', ...people },
  { clientId: 'asking', ...people, allowedScopes: ['openid', 'order.read'], requireConsent: true },
]

/** A server with everything that can go wrong on the page. */
class World {
  active = true
  isDown = false
  cookies: readonly string[] = []
  readonly server: AuthorizationServer = createAuthorizationServer<ResourceDefinitions>({
    issuer,
    resources: {
      identityResources: ['openid'],
      apiScopes: ['a', 'b', 'c', 'ab', { name: 'order.read', required: true }],
      apiResources: [
        {
          name: 'urn:a',
          scopes: ['a', 'ab'],
          requireResourceIndicator: true,
          secrets: [{ value: sha256('api') }],
        },
        { name: 'urn:b', scopes: ['b'], allowedAccessTokenSigningAlgorithms: ['ES256'] },
        { name: 'urn:c', scopes: ['c'], requireResourceIndicator: true },
        {
          name: 'urn:orders',
          scopes: ['order.read'],
          allowedAccessTokenSigningAlgorithms: ['RS256'],
        },
      ],
    },
    clients,
    profile: {
      claims: async () => ({}),
      isActive: async () => {
        if (this.isDown) throw new Error('the database is down')
        return this.active
      },
    },
  })

  async send(path: string, form?: Form, headers: Record<string, string> = {}) {
    const cookie = this.cookies.join('; ')
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    const response = await this.server.handle({
      method: form === undefined ? 'GET' : 'POST',
      url: path,
      headers: { ...(form !== undefined && type), cookie, ...headers },
      body: async () => (form === undefined ? '' : encode(form)),
    })
    if (response === undefined) throw new Error(`nothing is at ${path}`)
    const set = [response.headers['set-cookie'] ?? []].flat()
    this.cookies = [...this.cookies, ...set.map((value) => value.split(';')[0] ?? '')]
    return response
  }

  /** What the token endpoint answers: the error and its description. */
  async token(form: Form, headers: Record<string, string> = {}): Promise<string> {
    const { status, body = '' } = await this.send('/token', form, headers)
    if (status === 200) return body
    const { error, error_description: description } = JSON.parse(body) as Record<string, string>
    return `${error}: ${description}`
  }

  batch(form: Form, secret = 'secret'): Promise<string> {
    const credentials = Buffer.from(`batch:${secret}`).toString('base64')
    return this.token(
      { grant_type: 'client_credentials', ...form },
      { authorization: `Basic ${credentials}` },
    )
  }

  authorize(form: Form = {}) {
    const usual = {
      client_id: 'app',
      redirect_uri: callback,
      response_type: 'code',
      scope: 'openid a b c offline_access',
      code_challenge: challenge,
      code_challenge_method: 'S256',
    }
    const asked = Object.entries({ ...usual, ...form }).filter(([, value]) => value !== '')
    return this.send(`/authorize?${encode(Object.fromEntries(asked))}`)
  }

  /** Follows to the pages on which the user answers, and to the client in the end. */
  async visit(form: Form, answers: readonly ((id: string) => Promise<string>)[]): Promise<URL> {
    let location = String((await this.authorize(form)).headers['location'])
    for (const answer of answers) {
      const resumed = new URL(await answer(location.slice(location.lastIndexOf('/') + 1)))
      location = String((await this.send(resumed.pathname + resumed.search)).headers['location'])
    }
    return new URL(location)
  }

  readonly login = (id: string) => this.server.interactions.login(id, { subject: 'alice' })

  async code(form: Form = {}): Promise<Form> {
    const url = await this.visit(form, [this.login])
    const code = url.searchParams.get('code') ?? ''
    return {
      client_id: 'app',
      grant_type: 'authorization_code',
      code,
      redirect_uri: callback,
      code_verifier: verifier,
    }
  }

  async refreshToken(form: Form = {}): Promise<Form> {
    const { refresh_token: token } = JSON.parse(
      await this.token({ ...(await this.code({ scope: 'openid b offline_access' })), ...form }),
    ) as Record<string, string>
    return { client_id: 'app', grant_type: 'refresh_token', refresh_token: token ?? '' }
  }
}

type Provocation = (world: World) => Promise<string>

const tokenErrors: readonly Provocation[] = [
  (world) => world.batch({ scope: 'b' }, 'wrong'),
  (world) => world.token({ grant_type: 'client_credentials' }),
  (world) => world.batch({ grant_type: 'refresh_token', refresh_token: 'x' }),
  (world) => world.batch({ grant_type: 'password' }),
  (world) => world.token({}, { 'content-type': 'application/json' }),
  (world) => world.batch({ scope: 'raed' }),
  (world) => world.batch({ scope: 'openid' }),
  (world) => world.batch({ scope: 'a', resource: 'urn:nothing' }),
  (world) => world.batch({ scope: 'a', resource: 'invoices' }),
  (world) => world.batch({ scope: 'a b', resource: ['urn:a', 'urn:b'] }),
  (world) => world.batch({ scope: 'b order.read' }),
  async (world) => {
    const code = await world.code({ scope: 'a b', resource: 'urn:a' })
    return world.token({ ...code, resource: 'urn:b' })
  },
  async (world) => world.token(await world.code({ scope: 'a c', resource: ['urn:a', 'urn:c'] })),
  async (world) => world.token({ ...(await world.code()), code: 'unknown' }),
  async (world) => {
    const code = await world.code({ scope: 'openid b' })
    await world.token(code)
    return world.token(code)
  },
  async (world) => world.token({ ...(await world.code()), redirect_uri: `${callback}/` }),
  async (world) => world.token({ ...(await world.code()), code_verifier: 'w'.repeat(43) }),
  (world) => world.token({ client_id: 'app', grant_type: 'refresh_token', refresh_token: 'x.y' }),
  async (world) => {
    const refresh = await world.refreshToken()
    await world.token(refresh)
    return world.token(refresh)
  },
  async (world) => {
    const refresh = await world.refreshToken()
    world.active = false
    return world.token(refresh)
  },
  async (world) => {
    const refresh = await world.refreshToken()
    world.isDown = true
    return world.token(refresh)
  },
]

/** What an error page says, or what the client is told. */
async function seen(
  response: Promise<{ headers: object; body?: string | undefined }>,
): Promise<string> {
  const { headers, body = '' } = await response
  const location = 'location' in headers ? String(headers.location) : undefined
  if (location !== undefined) return told(new URL(location))
  return body
    .replaceAll(/<title>.*?<\/title>|<[^>]*>/gs, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll(/\s+/g, ' ')
}

const told = ({ searchParams }: URL): string =>
  `${searchParams.get('error')}: ${searchParams.get('error_description')}`

const authorizationErrors: readonly Provocation[] = [
  (world) => seen(world.authorize({ client_id: 'nobody' })),
  (world) => seen(world.authorize({ redirect_uri: 'http://127.0.0.1:5003/other' })),
  async (world) => {
    const { headers } = await world.authorize()
    const location = String(headers['location'])
    const resumed = new URL(await world.login(location.slice(location.lastIndexOf('/') + 1)))
    world.cookies = []
    return seen(world.send(resumed.pathname + resumed.search))
  },
  (world) => seen(world.authorize({ code_challenge: '', code_challenge_method: '' })),
  (world) => seen(world.authorize({ scope: '' })),
  (world) => seen(world.authorize({ response_type: 'token' })),
  (world) => seen(world.authorize({ prompt: 'none' })),
  async (world) => {
    await world.visit({}, [world.login])
    return seen(world.authorize({ client_id: 'asking', scope: 'openid', prompt: 'none' }))
  },
  async (world) => told(await world.visit({}, [(id) => world.server.interactions.deny(id)])),
  async (world) =>
    told(
      await world.visit({ client_id: 'asking', scope: 'openid order.read' }, [
        world.login,
        (id) => world.server.interactions.consent(id, { scopes: ['openid'] }),
      ]),
    ),
]

const accessTokenOf = (answer: string): string =>
  (JSON.parse(answer) as Record<string, string>)['access_token'] ?? ''

const basic = (id: string, secret: string): Record<string, string> => ({
  authorization: `Basic ${Buffer.from(`${encodeURIComponent(id)}:${secret}`).toString('base64')}`,
})

async function answerOf(
  response: Promise<{ status: number; body?: string | undefined }>,
): Promise<string> {
  const { status, body = '' } = await response
  return `${status} ${body}`
}

async function userinfo(world: World, token: string): Promise<string> {
  const headers = { authorization: `Bearer ${token}` }
  return `userinfo: ${await answerOf(world.send('/userinfo', undefined, headers))}`
}

const otherErrors: readonly Provocation[] = [
  async (world) =>
    userinfo(
      world,
      accessTokenOf(await world.token({ ...(await world.code()), resource: 'urn:a' })),
    ),
  (world) => userinfo(world, 'x'),
  async (world) =>
    `introspection: ${await answerOf(world.send('/introspect', { token: 'x' }, basic('urn:a', 'wrong')))}`,
  async (world) => {
    const token = accessTokenOf(await world.batch({ scope: 'b' }))
    return `introspection: ${await answerOf(world.send('/introspect', { token }, basic('urn:a', 'api')))}`
  },
  async (world) => {
    const token = accessTokenOf(await world.batch({ scope: 'b' }))
    const revoked = answerOf(world.send('/revoke', { token }, basic('batch', 'secret')))
    const { keys } = JSON.parse((await world.send('/.well-known/jwks.json')).body ?? '') as {
      readonly keys: readonly object[]
    }
    const issuers = { issuer, jwks: { keys } } as ResourceServerOptions['issuers']
    const { clientId } = await createResourceServer({ resource: 'urn:b', issuers }).verify(token)
    return `revocation: ${await revoked}, and the token is still good${clientId === 'batch' ? '' : '?'}`
  },
]

const testIssuer = await createTestIssuer({ audience: 'urn:invoices' })

/** What an API answers to a token, and the reason that it tells its own side. */
async function refusal(
  token: string | undefined,
  needs: Needs = 'invoice.pay',
  options: Partial<ResourceServerOptions> = {},
): Promise<string> {
  let reason = 'none'
  const api = createResourceServer({
    resource: 'urn:invoices',
    issuers: testIssuer.issuerOptions,
    fetch: testIssuer.fetch,
    now: testIssuer.now,
    onEvent: (event) => {
      if (event.type === 'refused') reason = event.reason
    },
    ...options,
  })
  const handle = guardWith(api)(needs)(() => new Response('passed'))
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
  const response = await handle(new Request('https://api.example.com/', { headers }))
  const scope = /scope="[^"]*"/.exec(response.headers.get('www-authenticate') ?? '')?.[0]
  const { error, error_description: description } = JSON.parse((await response.text()) || '{}') as {
    readonly error?: string
    readonly error_description?: string
  }
  return `${response.status} ${error ?? 'without error'}: ${description ?? ''} and ${scope} | ${reason}`
}

const apiErrors: readonly (() => Promise<string>)[] = [
  () => refusal(undefined),
  async () => refusal(await testIssuer.token({ aud: 'urn:other' })),
  async () => refusal(await testIssuer.token({ aud: undefined })),
  async () => refusal(await testIssuer.idToken()),
  async () => refusal(await testIssuer.token({ iss: 'https://localhost' })),
  () => refusal('a-handle-and-no-jwt'),
  async () => refusal(await testIssuer.token({ exp: testIssuer.now() - 100 })),
  async () => refusal(await testIssuer.token({ scope: 'invoice.read' })),
  async () => refusal(await testIssuer.token(), role('accountant')),
  async () =>
    refusal(await testIssuer.token(), 'invoice.pay', {
      fetch: async () => {
        throw new Error('nobody is there')
      },
    }),
]

describe('docs/guides/errors.md', () => {
  describe.each([
    ['The token endpoint', tokenErrors],
    ['The authorization endpoint', authorizationErrors],
    ['Userinfo, introspection, revocation', otherErrors],
  ])('%s', (heading, provocations) => {
    const rows = rowsOf(heading)

    it('has a provocation for each row', () => {
      expect(provocations).toHaveLength(rows.length)
    })

    it.each(rows.map(([cell], index) => [seenIn(cell), provocations[index]] as const))(
      '%s',
      async (symptom, provoke) => {
        const answer = (await provoke?.(new World())) ?? ''
        // A row may leave out what stands between the error and what is seen beside it.
        expect(answer.replaceAll(/\{"error":"(\w+)".*/g, '$1')).toContain(symptom)
      },
    )
  })

  describe('From an API', () => {
    const rows = rowsOf('From an API')

    it('has a provocation for each row', () => {
      expect(apiErrors).toHaveLength(rows.length)
    })

    it.each(
      rows.map(
        ([cell, reason], index) => [seenIn(cell), seenIn(reason), apiErrors[index]] as const,
      ),
    )('%s (%s)', async (symptom, reason, provoke) => {
      const answer = (await provoke?.()) ?? ''
      for (const part of symptom.replace(' (all of them)', '').split(' and ')) {
        expect(answer).toContain(part)
      }
      expect(answer.split(' | ')[1]).toBe(reason)
    })
  })
})
