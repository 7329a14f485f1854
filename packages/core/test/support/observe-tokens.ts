import { createHash } from 'node:crypto'
import type { HttpRequest, HttpResponse } from '@bailiwick/protocol'
import type {
  AuthorizationServer,
  ConsentDecision,
  ExplainedToken,
  ExplainRequest,
  Login,
} from '../../src/index.js'

/** An answer of a server, and the request that an explanation of it is asked for. */
export interface Observation {
  readonly server: AuthorizationServer
  readonly response: HttpResponse
  readonly request: ExplainRequest
  /** What stands behind the access token, where that is a handle: it may be revoked by the time it is looked at. */
  readonly reference?: ExplainedToken
}

/** An authorization request, and what the user has answered. */
interface Flow {
  readonly server: AuthorizationServer
  readonly query: URLSearchParams
  readonly login?: Login | undefined
  readonly consent?: readonly string[] | undefined
}

/** Where a refresh token comes from. */
interface Origin {
  readonly server: AuthorizationServer
  readonly request: ExplainRequest
}

/** What is known of the requests to servers that share a store. */
export interface Journal {
  readonly observations: Observation[]
  /** Token requests with a code or refresh token that the observer has not seen the server give. */
  readonly strangers: HttpResponse[]
  readonly flows: Map<string, Flow>
  readonly codes: Map<string, Flow>
  readonly refreshTokens: Map<string, Origin>
  readonly logins: Login[]
}

export const createJournal = (): Journal => ({
  observations: [],
  strangers: [],
  flows: new Map(),
  codes: new Map(),
  refreshTokens: new Map(),
  logins: [],
})

const several = (name: string, values: readonly string[]) =>
  values.length === 0 ? {} : { [name]: values }

const one = (name: string, value: string | null) =>
  value === null || value.trim() === '' ? {} : { [name]: value }

const others = (form: URLSearchParams, known: readonly string[]) =>
  Object.fromEntries([...form].filter(([name]) => !known.includes(name)))

const nonBlank = (values: readonly string[]): readonly string[] =>
  values.filter((value) => value.trim() !== '')

/** The request of a code flow, without what comes after the code. */
function explainFlow({ query, login, consent }: Flow): ExplainRequest {
  const known = [
    'client_id',
    'response_type',
    'redirect_uri',
    'scope',
    'resource',
    'claims',
    'state',
  ]
  return {
    clientId: query.get('client_id') ?? '',
    grantType: 'authorization_code',
    ...one('scope', query.get('scope')),
    ...several('resources', nonBlank(query.getAll('resource'))),
    ...one('claims', query.get('claims')),
    authorizationParameters: others(query, [...known, 'code_challenge', 'code_challenge_method']),
    ...(login !== undefined && { user: login }),
    ...(consent !== undefined && { consent }),
  }
}

const scopesOf = (scope = ''): readonly string[] => scope.split(' ').filter((value) => value !== '')

/** What was allowed under another configuration. */
function asAuthorized({ scope, consent, resources, ...request }: ExplainRequest): ExplainRequest {
  if (request.authorized !== undefined) return request
  const { authorizationParameters: _, ...rest } = request
  const scopes = scopesOf(scope).filter((value) => consent?.includes(value) ?? true)
  const isCode = request.grantType === 'authorization_code'
  const named = resources ?? (isCode ? [] : undefined)
  return { ...rest, authorized: { scopes, ...(named !== undefined && { resources: named }) } }
}

function clientIdOf({ headers }: HttpRequest, form: URLSearchParams): string {
  const [, basic = ''] = /^Basic (.*)$/.exec(String(headers['authorization'] ?? '')) ?? []
  const [id = ''] = Buffer.from(basic, 'base64').toString().split(':')
  return form.get('client_id') ?? decodeURIComponent(id)
}

/** Whether a code is presented as its flow demands: what is wrong with that is no matter of resources. */
function isProven(form: URLSearchParams, { query }: Flow): boolean {
  const challenge = query.get('code_challenge')
  const verifier = form.get('code_verifier')
  const digest = createHash('sha256')
    .update(verifier ?? '')
    .digest('base64url')
  const isVerified = challenge === null ? verifier === null : challenge === digest
  return isVerified && form.get('redirect_uri') === query.get('redirect_uri')
}

function requestOfCode(
  server: AuthorizationServer,
  form: URLSearchParams,
  { codes }: Journal,
): ExplainRequest | undefined {
  const code = form.get('code') ?? ''
  const flow = codes.get(code)
  if (flow === undefined || !isProven(form, flow)) return undefined
  codes.delete(code)
  const request = explainFlow(flow)
  return {
    ...(flow.server === server ? request : asAuthorized(request)),
    ...several('tokenResource', nonBlank(form.getAll('resource'))),
  }
}

function requestOfRefresh(
  server: AuthorizationServer,
  form: URLSearchParams,
  { refreshTokens }: Journal,
): ExplainRequest | undefined {
  const origin = refreshTokens.get(form.get('refresh_token') ?? '')
  if (origin === undefined) return undefined
  const { tokenResource: _, ...request } = origin.request
  return {
    ...(origin.server === server ? origin.request : asAuthorized(request)),
    refresh: {
      ...one('scope', form.get('scope')),
      ...one('resource', form.get('resource')),
    },
  }
}

function requestOfOther(request: HttpRequest, form: URLSearchParams): ExplainRequest {
  const known = ['grant_type', 'scope', 'resource', 'client_id', 'client_secret']
  return {
    clientId: clientIdOf(request, form),
    grantType: form.get('grant_type') ?? '',
    ...one('scope', form.get('scope')),
    ...several('resources', nonBlank(form.getAll('resource'))),
    parameters: others(form, known),
  }
}

const claimsIn = (token: string): Readonly<Record<string, unknown>> =>
  token.split('.').length === 3
    ? (JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<
        string,
        unknown
      >)
    : {}

/** The user that a grant of an application has found. */
function userIn(accessToken: string): Pick<ExplainRequest, 'user'> {
  const { sub, amr, acr, idp } = claimsIn(accessToken)
  if (typeof sub !== 'string') return {}
  return {
    user: {
      subject: sub,
      ...(Array.isArray(amr) && { amr: amr.map(String) }),
      ...(typeof acr === 'string' && { acr }),
      ...(typeof idp === 'string' && { identityProvider: idp }),
    },
  }
}

function noteRefreshToken(
  { server, request, response }: Observation,
  { refreshTokens }: Journal,
): void {
  const { refresh_token: token, access_token: accessToken = '' } = JSON.parse(
    response.body ?? '{}',
  ) as Record<string, string | undefined>
  if (token === undefined) return
  const { refresh, authorized, ...first } = request
  const known = refreshTokens.get(token)
  if (known !== undefined || refresh !== undefined) {
    refreshTokens.set(
      token,
      known ?? { server, request: { ...first, ...(authorized && { authorized }) } },
    )
    return
  }
  const user = request.user === undefined ? userIn(accessToken) : {}
  refreshTokens.set(token, { server, request: { ...user, ...request } })
}

const byGrant: Readonly<
  Record<
    string,
    (
      server: AuthorizationServer,
      form: URLSearchParams,
      journal: Journal,
    ) => ExplainRequest | undefined
  >
> = { authorization_code: requestOfCode, refresh_token: requestOfRefresh }

async function readReference(
  server: AuthorizationServer,
  { body = '{}' }: HttpResponse,
): Promise<ExplainedToken | undefined> {
  const { access_token: token = '.' } = JSON.parse(body) as Record<string, string>
  return token.includes('.') ? undefined : (await server.explainToken(token))?.token
}

/** Writes down which tokens a server gives, and for what, so that it can be asked to explain them. */
export function observeTokens(server: AuthorizationServer, journal: Journal): AuthorizationServer {
  const { observations, strangers, flows, codes, logins } = journal

  async function observeToken(request: HttpRequest): Promise<HttpResponse | undefined> {
    const form = new URLSearchParams(await request.body())
    const find = byGrant[form.get('grant_type') ?? '']
    const explained = find ? find(server, form, journal) : requestOfOther(request, form)
    const response = await server.handle(request)
    if (response === undefined) return undefined
    if (explained === undefined) {
      strangers.push(response)
      return response
    }
    const reference = await readReference(server, response)
    const observation = { server, request: explained, response, ...(reference && { reference }) }
    observations.push(observation)
    noteRefreshToken(observation, journal)
    return response
  }

  /** A flow goes on with another question, or ends with a code or an error. */
  function noteStep(flow: Flow, response: HttpResponse | undefined): void {
    const location = response?.headers['location']
    if (response === undefined || typeof location !== 'string') return
    const { pathname, searchParams } = new URL(location)
    const [, interaction] = /^\/interaction\/(.*)$/.exec(pathname) ?? []
    const code = searchParams.get('code')
    if (interaction !== undefined) flows.set(interaction, flow)
    else if (code !== null) codes.set(code, { login: logins.at(-1), ...flow })
    else if (['invalid_scope', 'invalid_target'].includes(searchParams.get('error') ?? '')) {
      const request = explainFlow({ login: { subject: 'anybody' }, ...flow })
      observations.push({ server, request, response })
    }
  }

  async function observeStep(request: HttpRequest): Promise<HttpResponse | undefined> {
    const { pathname, searchParams } = new URL(request.url, server.issuer)
    const response = await server.handle(request)
    const known = flows.get(searchParams.get('interaction') ?? '')
    if (pathname === '/authorize') noteStep({ server, query: searchParams }, response)
    else if (known !== undefined) noteStep(known, response)
    return response
  }

  const note = (id: string, answer: Partial<Flow>): void => {
    const flow = flows.get(id)
    if (flow !== undefined) flows.set(id, { ...flow, ...answer })
  }

  return {
    ...server,
    handle: (request) =>
      request.method === 'POST' && request.url.endsWith('/token')
        ? observeToken(request)
        : observeStep(request),
    interactions: {
      ...server.interactions,
      login: (id, login) => {
        logins.push(login)
        note(id, { login })
        return server.interactions.login(id, login)
      },
      consent: (id, decision: ConsentDecision) => {
        note(id, { consent: decision.scopes })
        return server.interactions.consent(id, decision)
      },
    },
  }
}
