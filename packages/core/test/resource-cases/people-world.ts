import type { HttpResponse } from '@bailiwick/protocol'
import { createAuthorizationServer, createMemoryStore, defaultGrants } from '../../src/index.js'
import type {
  AuthorizationServer,
  AuthorizationServerOptions,
  CompatibilityName,
  ProfileService,
} from '../../src/index.js'
import {
  answerAll,
  authorizationQuery,
  createBrowser,
  createClock,
  interactionOf,
  locationOf,
} from '../support/people.js'
import type { Query, TestBrowser, UserAnswers } from '../support/people.js'
import { basic, bodyOf, post } from '../support/server.js'
import { withExplanations } from '../support/explains-as-issued.js'
import { createJournal } from '../support/observe-tokens.js'
import type { CaseConfig, CaseParameters, CaseStep, StoredGrant } from './cases.js'
import { pairsOf, sentParameters } from './parameters.js'
import { clientOf, optionsOf } from './world.js'

/** A server with the client of a case, and with bob, who signs in and consents there. */
export interface Stage {
  readonly server: AuthorizationServer
  /** Makes the client send bob's browser to the server, and gives the first answer. */
  readonly open: (query: Query, browser: TestBrowser) => Promise<HttpResponse>
  /** The same, and bob answers what he is asked until the browser is back at the client. */
  readonly authorize: (
    query: Query,
    answers?: UserAnswers & { readonly browser?: TestBrowser },
  ) => Promise<HttpResponse>
  /** Sends a token request of the client. */
  readonly token: (parameters: Query) => Promise<HttpResponse>
}

/** What outlasts a change of the configuration. */
export interface PeopleWorld {
  readonly config: CaseConfig
  readonly pass: (seconds: number) => void
  /** Starts a server, with what differs from the case. */
  readonly start: (changes?: CaseConfig, options?: Partial<AuthorizationServerOptions>) => Stage
}

const bob = { subject: 'bob', amr: ['pwd'] }

const profile: ProfileService = {
  claims: async () => ({ email: 'bob@example.com', email_verified: true }),
}

function createStage(server: AuthorizationServer, config: CaseConfig): Stage {
  const { clientId, redirectUri } = clientOf(config)
  // The clients of the cases do without PKCE, unless a case says so.
  const ofClient = {
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: undefined,
    code_challenge: undefined,
    code_challenge_method: undefined,
  }
  const open: Stage['open'] = (query, browser) =>
    browser.get(`/authorize?${authorizationQuery({ ...ofClient, ...query })}`)
  return {
    server,
    open,
    async authorize(query, { browser = createBrowser(server), ...answers } = {}) {
      let last = await open(query, browser)
      const watched: TestBrowser = {
        ...browser,
        get: async (...request) => (last = await browser.get(...request)),
      }
      await answerAll(server, watched, last, { login: bob, ...answers })
      return last
    },
    token: (parameters) =>
      post(server, pairsOf(parameters), { authorization: basic(clientId, 'secret') }),
  }
}

/** Makes the world of a case: one store and one clock, whatever servers are started. */
export function createPeopleWorld(
  config: CaseConfig,
  compatibility: CompatibilityName,
): PeopleWorld {
  const { now, pass } = createClock()
  const store = createMemoryStore({ now })
  const journal = createJournal()
  return {
    config,
    pass,
    start(changes = {}, options = {}) {
      const changed = { ...config, ...changes }
      const server = createAuthorizationServer({
        ...optionsOf(changed, { defaultGrants }),
        store,
        now,
        profile,
        compatibility,
        ...options,
      })
      return createStage(withExplanations(server, journal), changed)
    },
  }
}

export const codeOf = (response: HttpResponse): string =>
  locationOf(response).searchParams.get('code') ?? ''

/** What a browser is asked, if it is asked something. */
export async function promptOf(
  { server }: Stage,
  response: HttpResponse,
): Promise<string | undefined> {
  const id = interactionOf(response)
  return id === undefined ? undefined : (await server.interactions.find(id))?.prompt
}

/** What an answer gives the client to go on with. */
function credentialOf(response: HttpResponse): Query {
  return response.headers['location'] === undefined
    ? { refresh_token: String(bodyOf(response)['refresh_token']) }
    : { code: codeOf(response) }
}

/** Sends a request of a case after those that it builds on. */
export async function perform(step: CaseStep, stage: Stage): Promise<HttpResponse> {
  const { endpoint, params, prior } = step
  if (endpoint === 'authorize') return stage.authorize(sentParameters(params ?? {}))
  if (endpoint === undefined) {
    return stage.token({ ...sentParameters(step as CaseParameters), grant_type: 'custom' })
  }
  if (typeof prior !== 'object') throw new Error(`nothing comes before: ${String(prior)}`)
  const credential = credentialOf(await perform(prior, stage))
  return stage.token({ ...sentParameters(params ?? {}), ...credential })
}

/** Comes by a code that stands for what a case says is stored. */
export const storeCode = (
  { scopes, resourceIndicators = [] }: StoredGrant,
  stage: Stage,
  query: Query = {},
): Promise<HttpResponse> =>
  stage.authorize({ scope: scopes.join(' '), resource: resourceIndicators, ...query })

/** What differs where a stub of a case says that the scopes or the resource of the request are invalid. */
export function withdrawal(
  { client, apiResources = [] }: CaseConfig,
  { params = {} }: CaseStep,
): CaseConfig {
  switch (params['_validatorResult']) {
    case undefined:
      return {}
    case 'invalidScopes=[foo]':
      return { client: { ...client, allowedScopes: [] } }
    case 'invalidResourceIndicators=[foo]':
      return {
        apiResources: apiResources.filter(
          (entry) => (typeof entry === 'string' ? entry : entry.name) !== params['resource'],
        ),
      }
    default:
      throw new Error(`no result of a validator: ${String(params['_validatorResult'])}`)
  }
}
