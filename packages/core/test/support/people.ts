import { createHash } from 'node:crypto'
import type { HttpResponse } from '@bailiwick/protocol'
import { defineResources, email, openid, profile } from '@bailiwick/protocol'
import type { ResourceDefinitions } from '@bailiwick/protocol'
import { createAuthorizationServer, sha256 } from '../../src/index.js'
import type {
  AuthorizationServer,
  AuthorizationServerOptions,
  Client,
  Interaction,
  Login,
} from '../../src/index.js'
import { basic, bodyOf, dataKeys, issuer, now, post, signingKeys } from './server.js'

export const redirectUri = 'https://app.example.com/callback'

export const resources: ResourceDefinitions = defineResources({
  identityResources: [openid, profile, email],
  apiScopes: ['read', 'write', 'pay', 'shared'],
  apiResources: [
    { name: 'urn:invoices', scopes: ['read', 'write', 'shared'] },
    { name: 'urn:payments', scopes: ['pay', 'shared'] },
    { name: 'urn:vault', scopes: ['read', 'pay'], requireResourceIndicator: true },
  ],
})

const everyScope = ['openid', 'profile', 'email', 'read', 'write', 'pay', 'shared'] as const

/** A confidential web client that may ask for everything. */
export const web: Client = {
  clientId: 'web',
  clientName: 'The web shop',
  clientSecrets: [{ value: sha256('secret') }],
  allowedGrantTypes: ['authorization_code', 'refresh_token'],
  redirectUris: [redirectUri],
  allowedScopes: everyScope,
  allowOfflineAccess: true,
}

/** A public client, such as a single-page application. */
export const spa: Client = {
  clientId: 'spa',
  requireClientSecret: false,
  allowedGrantTypes: ['authorization_code', 'refresh_token'],
  redirectUris: [redirectUri],
  allowedScopes: everyScope,
  allowOfflineAccess: true,
}

const alice: Login = { subject: 'alice', amr: ['pwd'] }

/** A clock that a test moves. */
export function createClock(): {
  readonly now: () => number
  readonly pass: (seconds: number) => void
} {
  let time = now
  return { now: () => time, pass: (seconds) => void (time += seconds) }
}

/** A server for people; a test says what differs. */
export function peopleServer(
  options: Partial<AuthorizationServerOptions> = {},
): AuthorizationServer {
  return createAuthorizationServer<ResourceDefinitions>({
    issuer,
    resources,
    clients: [web, spa],
    signingKeys,
    dataKeys,
    now: () => now,
    profile: {
      claims: async ({ subject }) => ({
        name: `Name of ${subject}`,
        email: `${subject}@example.com`,
      }),
    },
    ...options,
  })
}

export const verifier = 'the-verifier-of-these-tests-has-to-be-43-characters-long'
export const challenge = createHash('sha256').update(verifier).digest('base64url')

export type Query = Readonly<Record<string, string | readonly string[] | undefined>>

/** A query of a valid authorization request, with what differs. */
export function authorizationQuery(changes: Query = {}): string {
  const parameters: Query = {
    client_id: 'web',
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: 'openid read',
    state: 'the state',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...changes,
  }
  const pairs = Object.entries(parameters).flatMap(([name, value]) =>
    [value ?? []].flat().map((item) => [name, item] as [string, string]),
  )
  return new URLSearchParams(pairs).toString()
}

/** What a browser does: keeps cookies, and goes where it is sent. */
export interface TestBrowser {
  readonly get: (url: string, headers?: Record<string, string>) => Promise<HttpResponse>
  readonly post: (url: string, form: string) => Promise<HttpResponse>
  readonly cookies: Map<string, string>
  readonly headers: () => { readonly cookie: string }
}

export const locationOf = (response: HttpResponse): URL => {
  const { location } = response.headers
  if (typeof location !== 'string') {
    throw new Error(`${response.status}, no redirect: ${response.body ?? ''}`)
  }
  return new URL(location)
}

export function createBrowser(server: AuthorizationServer): TestBrowser {
  const cookies = new Map<string, string>()
  const headers = () => ({ cookie: [...cookies].map((pair) => pair.join('=')).join('; ') })

  function keep(response: HttpResponse): HttpResponse {
    for (const cookie of [response.headers['set-cookie'] ?? []].flat()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      if (/Max-Age=0/.test(cookie)) cookies.delete(name)
      else cookies.set(name, value)
    }
    return response
  }

  async function send(method: string, url: string, form = '', more = {}): Promise<HttpResponse> {
    const { pathname, search } = new URL(url, server.issuer)
    const response = await server.handle({
      method,
      url: pathname + search,
      headers: {
        ...(cookies.size > 0 && headers()),
        ...(method === 'POST' && { 'content-type': 'application/x-www-form-urlencoded' }),
        ...more,
      },
      body: async () => form,
    })
    if (response === undefined) throw new Error(`nobody answers ${url}`)
    return keep(response)
  }

  return {
    cookies,
    headers,
    get: (url, more) => send('GET', url, '', more),
    post: (url, form) => send('POST', url, form),
  }
}

const interactionPath = '/interaction/'

/** The id of the interaction that an answer leads to, if it leads to one. */
export function interactionOf(response: HttpResponse): string | undefined {
  const { pathname } = locationOf(response)
  return pathname.startsWith(interactionPath) ? pathname.slice(interactionPath.length) : undefined
}

/** How a user answers, where asked. */
export interface UserAnswers {
  readonly login?: Login
  /** The scopes that are allowed; without it everything. */
  readonly consent?: readonly string[] | undefined
  readonly remember?: boolean
}

/** Every scope value that a page asks consent to. */
function askedScopes({ consent }: Interaction): readonly string[] {
  if (consent === undefined) return []
  const { aboutYou, access, offlineAccess } = consent
  const scopes = [
    ...aboutYou,
    ...access.flatMap((api) => api.scopes),
    ...[offlineAccess ?? []].flat(),
  ]
  return scopes.map(({ value }) => value)
}

/** Answers whatever is asked until the browser is sent to the client. */
export async function answerAll(
  server: AuthorizationServer,
  browser: TestBrowser,
  response: HttpResponse,
  answers: UserAnswers = {},
): Promise<URL> {
  const { login = alice, consent, remember = false } = answers
  const id = interactionOf(response)
  if (id === undefined) return locationOf(response)
  const interaction = await server.interactions.find(id)
  if (interaction === undefined) throw new Error('no interaction')
  const scopes = consent ?? askedScopes(interaction)
  const url =
    interaction.prompt === 'consent'
      ? await server.interactions.consent(id, { scopes, remember })
      : await server.interactions.login(id, login)
  return answerAll(server, browser, await browser.get(url), answers)
}

/** Asks for authorization with a browser, signs in where asked, and gives what the client gets. */
export async function authorizeWith(
  server: AuthorizationServer,
  changes: Query = {},
  {
    browser = createBrowser(server),
    ...answers
  }: UserAnswers & { readonly browser?: TestBrowser } = {},
): Promise<URL> {
  const response = await browser.get(`/authorize?${authorizationQuery(changes)}`)
  return answerAll(server, browser, response, answers)
}

/** Redeems a code as the client `web`, or as somebody else. */
export function redeem(
  server: AuthorizationServer,
  code: string | null,
  changes: Record<string, string | undefined> = {},
): Promise<HttpResponse> {
  const form = {
    grant_type: 'authorization_code',
    code: code ?? '',
    redirect_uri: redirectUri,
    code_verifier: verifier,
    ...changes,
  }
  return postAs(server, form)
}

/** Posts to the token endpoint: as the public client of `client_id`, or as `web` with its secret. */
function postAs(
  server: AuthorizationServer,
  form: Record<string, string | undefined>,
): Promise<HttpResponse> {
  const present = Object.fromEntries(
    Object.entries(form).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
  const authorization = 'client_id' in present ? null : basic('web', 'secret')
  return post(server, present, { authorization })
}

/** Signs a user in and redeems the code: what a client does. */
export async function signInAndRedeem(
  server: AuthorizationServer,
  changes: Query = {},
  redemption: Record<string, string | undefined> = {},
): Promise<Record<string, unknown>> {
  const answer = await authorizeWith(server, changes)
  const clientId =
    typeof changes['client_id'] === 'string' ? { client_id: changes['client_id'] } : {}
  const response = await redeem(server, answer.searchParams.get('code'), {
    ...clientId,
    ...redemption,
  })
  if (response.status !== 200) throw new Error(`${response.status} ${response.body ?? ''}`)
  return bodyOf(response)
}

/** Uses a refresh token as the client `web`, or as the public client of `client_id`. */
export function refresh(
  server: AuthorizationServer,
  refreshToken: unknown,
  changes: Record<string, string | undefined> = {},
): Promise<HttpResponse> {
  return postAs(server, {
    grant_type: 'refresh_token',
    refresh_token: String(refreshToken),
    ...changes,
  })
}
