import type { ConsentDecision, Interaction, Login, UserGrant } from '@bailiwick/core'
import { OAuthError } from '@bailiwick/protocol'
import type { HttpHandler, HttpRequest, HttpResponse } from '@bailiwick/protocol'
import { createUi } from '../../src/index.js'
import type { Credentials, UiOptions, UiServer } from '../../src/index.js'
import { exampleInteraction } from './examples.js'

export const issuer = 'https://id.example.com'

/** What the pages reported to the server. */
type Report =
  | { readonly kind: 'login'; readonly id: string; readonly login: Login }
  | { readonly kind: 'consent'; readonly id: string; readonly decision: ConsentDecision }
  | { readonly kind: 'continue' | 'logout' | 'deny'; readonly id: string }
  | { readonly kind: 'revoke'; readonly subject: string; readonly clientId: string }
  | {
      readonly kind: 'begin' | 'succeed'
      readonly username: string
      readonly remoteAddress: string | undefined
    }

export interface WorldOptions extends Partial<Omit<UiOptions, 'server'>> {
  readonly interaction?: Partial<Interaction>
  /** Members of the server that behave differently. */
  readonly server?: Partial<UiServer>
  readonly grants?: readonly UserGrant[]
  /** Who is signed in. */
  readonly subject?: string | undefined
  /** Seconds to wait, after too many attempts. */
  readonly wait?: number
}

type HeaderFields = HttpRequest['headers']

const browserOf = (headers: HeaderFields): string | undefined =>
  /(?:^|; )browser=([\w-]+)/.exec(String(headers['cookie'] ?? ''))?.[1]

export const csrfToken = (purpose: string, browser = 'alices-browser'): string =>
  `csrf-of-${browser}-for-${purpose}`

function fakeServer(options: WorldOptions, report: (report: Report) => string): UiServer {
  const interaction: Interaction = { ...exampleInteraction, ...options.interaction }
  const { subject, wait, grants = [] } = options
  const left = [...grants]
  return {
    issuer,
    interactions: {
      find: async (id) => (id === interaction.id ? interaction : undefined),
      isSameBrowser: ({ browser }, { headers }) => browserOf(headers) === browser,
      login: async (id, login) => report({ kind: 'login', id, login }),
      continue: async (id) => report({ kind: 'continue', id }),
      consent: async (id, decision) => report({ kind: 'consent', id, decision }),
      logout: async (id) => report({ kind: 'logout', id }),
      deny: async (id) => report({ kind: 'deny', id }),
      signIn: async (_request, returnTo) => ({
        status: 303,
        headers: { location: `/login-for${returnTo}` },
      }),
    },
    sessions: {
      find: async () =>
        subject === undefined ? undefined : { sessionId: 's1', subject, authTime: 1 },
    },
    grants: {
      list: async (owner) => (owner === subject ? [...left] : []),
      revoke: async (grant) => {
        report({ kind: 'revoke', ...grant })
        left.splice(
          0,
          left.length,
          ...left.filter(({ client }) => client.clientId !== grant.clientId),
        )
      },
    },
    csrf: {
      create({ headers }, purpose) {
        const browser = browserOf(headers)
        return browser && csrfToken(purpose, browser)
      },
      isValid({ headers }, purpose, token) {
        const browser = browserOf(headers)
        return browser !== undefined && token === csrfToken(purpose, browser)
      },
    },
    loginThrottle: {
      async begin(attempt) {
        report({ kind: 'begin', ...attempt })
        return wait
      },
      succeed: async (attempt) => void report({ kind: 'succeed', ...attempt }),
    },
    ...options.server,
  }
}

async function authenticateAlice({ username, password }: Credentials): Promise<Login | undefined> {
  return username === 'alice' && password === 'correct horse'
    ? { subject: '123', amr: ['pwd'] }
    : undefined
}

export interface World {
  readonly handle: HttpHandler
  readonly reports: readonly Report[]
  readonly get: (url?: string, headers?: HeaderFields) => Promise<HttpResponse>
  /** Sends a form as the page would, from the browser it was shown in. */
  readonly post: (
    fields: readonly (readonly [string, string])[] | Readonly<Record<string, string>>,
    request?: Partial<HttpRequest>,
  ) => Promise<HttpResponse>
}

/** Pages on a server that is played by the test, visited by Alice. */
export function createWorld(options: WorldOptions = {}): World {
  const reports: Report[] = []
  const server = fakeServer(options, (report) => {
    reports.push(report)
    return `${issuer}/resume?after=${report.kind}`
  })
  const { interaction: _1, grants: _2, subject: _3, wait: _4, ...uiOptions } = options
  const handle = createUi({ authenticate: authenticateAlice, ...uiOptions, server })
  const cookie = 'browser=alices-browser'

  async function send(request: HttpRequest): Promise<HttpResponse> {
    const response = await handle(request)
    if (response === undefined) throw new Error(`there is no page at ${request.url}`)
    return response
  }

  return {
    handle,
    reports,
    get: (url = '/interaction/i1', headers = {}) =>
      send({ method: 'GET', url, headers: { cookie, ...headers }, body: async () => '' }),
    post(fields, { url = '/interaction/i1', headers = {}, ...rest } = {}) {
      const csrf = csrfToken(
        url.startsWith('/grants') ? `grants of ${options.subject ?? ''}` : 'i1',
      )
      const pairs: (readonly [string, string])[] = Array.isArray(fields)
        ? [...fields]
        : Object.entries(fields)
      const form = new URLSearchParams(
        [['csrf', csrf], ...pairs].map(([name = '', value = '']): [string, string] => [
          name,
          value,
        ]),
      )
      return send({
        method: 'POST',
        url,
        remoteAddress: '203.0.113.7',
        body: async () => form.toString(),
        ...rest,
        headers: { cookie, 'content-type': 'application/x-www-form-urlencoded', ...headers },
      })
    },
  }
}

/** How a store fails that cannot be reached. */
export const unavailable = (): OAuthError =>
  new OAuthError('temporarily_unavailable', { headers: { 'retry-after': '7' } })
