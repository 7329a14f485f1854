import { accessTokenAlgorithms, createResourceServer, headerCertificate } from '@bailiwick/api-sdk'
import type { Authentication, Fetch, KeyStore, ResourceServerOptions } from '@bailiwick/api-sdk'
import { guardWith } from '@bailiwick/api-sdk/fetch'
import { createTestIssuer, encode, hash, issuer, resource } from './web-issuer.js'
import type { Changes, TestIssuer } from './web-issuer.js'

/** What came of a case: `passed`, or what was wrong. */
export type Report = Readonly<Record<string, string>>

const path = '/invoices'

/** A certificate, in DER. */
const certificate =
  'MIIBCTCBsAIBATAKBggqhkjOPQQDAjARMQ8wDQYDVQQDDAZjbGllbnQwHhcNMjAwMTAxMDAwMDAwWhcNNDkxMjMxMjM1OTU5WjARMQ8wDQYDVQQDDAZjbGllbnQwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQ8rI/KLSxRSu1NqmRDG74X+C9yhjo/UmwCGfucudD6eC0IQhtpjcJxKJx1mRdzo9LC2xp0Ylq6Q50IrUFjGLb4MAoGCCqGSM49BAMCA0gAMEUCIHS9CljFbenV2lBeakThcZiK3f2oTvh86QzrR2yBo2oDAiEAkRMxg1Pkq6SLTPjTzPDa9t/q45Ug96Lm/Iqq0lGa0G0='

const jwksUri = `${issuer}/jwks`
const introspectionEndpoint = `${issuer}/introspect`

/** The status, who was let in, and the challenge. */
async function outcomeOf(response: Response): Promise<string> {
  const error = /error="(\w+)"/.exec(response.headers.get('www-authenticate') ?? '')?.[1]
  return [response.status, error ?? (await response.text())].join(' ')
}

/** An API with a route behind a guard, asked as clients ask it. */
function serve(options: Partial<ResourceServerOptions>): (headers: HeadersInit) => Promise<string> {
  const api = createResourceServer({ resource, issuers: issuer, ...options })
  const handler = guardWith(api)('read')((_request, auth) => new Response(auth.subject))
  return async (headers) => outcomeOf(await handler(new Request(resource + path, { headers })))
}

const bearer = (token: string): HeadersInit => ({ authorization: `Bearer ${token}` })

/** A network with nothing but an issuer on it. */
const networkOf =
  ({ jwk }: TestIssuer, isActive: (form: URLSearchParams) => object): Fetch =>
  async (url, { body }) => {
    const metadata = {
      issuer,
      jwks_uri: jwksUri,
      introspection_endpoint: introspectionEndpoint,
    }
    if (url === jwksUri) return Response.json({ keys: [jwk] })
    if (url.includes('/.well-known/')) return Response.json(metadata)
    if (url !== introspectionEndpoint) return new Response('not found', { status: 404 })
    return Response.json(isActive(new URLSearchParams(typeof body === 'string' ? body : '')))
  }

const configured = ({ jwk }: TestIssuer): Partial<ResourceServerOptions> => ({
  issuers: { issuer, jwks: { keys: [jwk] } },
})

function expectSame(actual: unknown, expected: unknown): void {
  const [one, other] = [JSON.stringify(actual), JSON.stringify(expected)]
  if (one !== other) throw new Error(`${other} was expected, and not ${one}`)
}

async function refuses(changes: Changes, header?: Changes): Promise<void> {
  const trusted = await createTestIssuer('ES256')
  const send = serve(configured(trusted))
  const token = await trusted.token(changes, header)
  expectSame(await send(bearer(token)), '401 invalid_token')
}

async function accepts(alg: string): Promise<void> {
  const trusted = await createTestIssuer(alg)
  expectSame(await serve(configured(trusted))(bearer(await trusted.token())), '200 alice')
}

const inactive = (): object => ({ active: false })

const cases: Readonly<Record<string, () => Promise<void>>> = {
  ...Object.fromEntries(
    accessTokenAlgorithms.map((alg) => [`accepts ${alg}`, () => accepts(alg)] as const),
  ),

  'finds and fetches the keys of the issuer': async () => {
    const trusted = await createTestIssuer('RS256')
    const send = serve({ fetch: networkOf(trusted, inactive) })
    expectSame(await send(bearer(await trusted.token())), '200 alice')
  },

  'shares keys through a store': async () => {
    const trusted = await createTestIssuer('ES256')
    const texts = new Map<string, string>()
    const store: KeyStore = {
      get: (name) => JSON.parse(texts.get(name) ?? 'null'),
      set: (name, snapshot) => texts.set(name, JSON.stringify(snapshot)),
    }
    const authorized = bearer(await trusted.token())
    const first = serve({ jwks: { store }, fetch: networkOf(trusted, inactive) })
    expectSame(await first(authorized), '200 alice')
    const down: Fetch = async () => new Response('down', { status: 500 })
    expectSame(await serve({ jwks: { store }, fetch: down })(authorized), '200 alice')
    const alone = await serve({ fetch: down })(authorized)
    expectSame(alone.slice(0, 3), '503')
  },

  'closes while keys are being fetched': async () => {
    const trusted = await createTestIssuer('ES256')
    const authorization = `Bearer ${await trusted.token()}`
    const signals: RequestInit['signal'][] = []
    let tellAsked = (): void => undefined
    const asked = new Promise<void>((resolve) => {
      tellAsked = resolve
    })
    const silent: Fetch = (_url, { signal }) => {
      signals.push(signal)
      tellAsked()
      return new Promise<Response>(() => undefined)
    }
    const api = createResourceServer({ resource, issuers: issuer, fetch: silent })
    const result = api.authenticate({ method: 'GET', url: path, headers: { authorization } })
    await asked
    await api.close()
    const settled = await result
    expectSame([settled.ok, signals.map((signal) => signal?.aborted)], [false, [true]])
  },

  'asks for a token': async () => {
    expectSame(await serve(configured(await createTestIssuer('ES256')))({}), '401 ')
  },

  'refuses an expired token': () => refuses({ exp: Math.floor(Date.now() / 1000) - 60 }),
  'refuses a token for another API': () => refuses({ aud: 'https://other.example.com' }),
  'refuses a token of an unknown issuer': () => refuses({ iss: 'https://evil.example.com' }),
  'refuses an ID token': () => refuses({}, { typ: 'JWT' }),

  'refuses a token that somebody else signed': async () => {
    const [trusted, other] = [await createTestIssuer('ES256'), await createTestIssuer('ES256')]
    const send = serve(configured(trusted))
    expectSame(await send(bearer(await other.token())), '401 invalid_token')
  },

  'refuses a token that nobody signed': async () => {
    const trusted = await createTestIssuer('ES256')
    const [, payload = ''] = (await trusted.token()).split('.')
    const token = `${encode({ alg: 'none', typ: 'at+jwt' })}.${payload}.`
    expectSame(await serve(configured(trusted))(bearer(token)), '401 invalid_token')
  },

  'serves its metadata': async () => {
    const guard = guardWith(createResourceServer({ resource, issuers: issuer }))
    const address = `${resource}/.well-known/oauth-protected-resource`
    const response = guard.metadata()(new Request(address))
    expectSame(response?.status, 200)
    const { authorization_servers: servers } = Object(await response?.json())
    expectSame(servers, [issuer])
  },

  'accepts a bound token with a proof, and that proof once': async () => {
    const trusted = await createTestIssuer('ES256')
    const { token, prove } = await trusted.bound(resource + path)
    const headersFor = (proof: string): Record<string, string> => ({
      authorization: `DPoP ${token}`,
      dpop: proof,
    })
    const send = serve(configured(trusted))
    const headers = headersFor(await prove({}))
    expectSame(await send(headers), '200 alice')
    expectSame(await send(headers), '401 invalid_dpop_proof')
    expectSame(await send(bearer(token)), '401 invalid_token')
  },

  'tells clients a nonce, and accepts a proof that has it': async () => {
    const trusted = await createTestIssuer('ES256')
    const { token, prove } = await trusted.bound(resource + path)
    const api = createResourceServer({
      resource,
      issuers: { issuer, jwks: { keys: [trusted.jwk] } },
      dpop: { nonce: { secrets: ['n'.repeat(32)] } },
    })
    const authenticate = async (claims: Changes): Promise<Authentication> => {
      const headers = { authorization: `DPoP ${token}`, dpop: await prove(claims) }
      return api.authenticate({ method: 'GET', url: path, headers })
    }
    const first = await authenticate({})
    const nonce = first.ok ? undefined : first.response.headers['dpop-nonce']
    expectSame(typeof nonce, 'string')
    expectSame((await authenticate({ nonce })).ok, true)
  },

  'accepts a token that is bound to a certificate in a header': async () => {
    const trusted = await createTestIssuer('ES256')
    const send = serve({
      ...configured(trusted),
      mtls: { certificate: headerCertificate({ header: 'client-cert', trusted: () => true }) },
    })
    const token = await trusted.token({ cnf: { 'x5t#S256': await hash(atob(certificate)) } })
    const authorization = `Bearer ${token}`
    expectSame(await send({ authorization, 'client-cert': `:${certificate}:` }), '200 alice')
    expectSame(await send({ authorization }), '401 invalid_token')
  },

  'asks the issuer about opaque tokens': async () => {
    const trusted = await createTestIssuer('ES256')
    const asked: string[] = []
    const send = serve({
      issuers: { issuer, clientAuth: { id: 'invoices', secret: 'api secret' } },
      fetch: networkOf(trusted, (form) => {
        const token = form.get('token') ?? ''
        asked.push(token)
        return token === 'good' ? { active: true, ...trusted.claims() } : { active: false }
      }),
    })
    expectSame(await send(bearer('good')), '200 alice')
    expectSame(await send(bearer('bad')), '401 invalid_token')
    expectSame(await send(bearer('good')), '200 alice')
    expectSame(asked, ['good', 'bad'])
  },

  'authenticates to the issuer with a key': async () => {
    const trusted = await createTestIssuer('ES256')
    const privateKey = await trusted.privateJwk()
    const send = serve({
      issuers: { issuer, clientAuth: { id: 'invoices', privateKey } },
      fetch: networkOf(trusted, (form) => ({
        active: form.get('client_assertion')?.split('.').length === 3,
        ...trusted.claims(),
      })),
    })
    expectSame(await send(bearer('good')), '200 alice')
  },
}

/** The names of all cases. */
export const caseNames: readonly string[] = Object.keys(cases)

const describeError = (thrown: unknown): string =>
  thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown)

/** Runs every case where this is running, and reports what came of them. */
export async function runSuite(): Promise<Report> {
  const entries: [string, string][] = []
  for (const [name, run] of Object.entries(cases)) {
    try {
      await run()
      entries.push([name, 'passed'])
    } catch (thrown) {
      entries.push([name, describeError(thrown)])
    }
  }
  return Object.fromEntries(entries)
}
