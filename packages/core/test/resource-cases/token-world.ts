import type { HttpResponse } from '@bailiwick/protocol'
import { createAuthorizationServer, defaultGrants, sha256 } from '../../src/index.js'
import type { AuthorizationServer, Client, CompatibilityName } from '../../src/index.js'
import { withExplanations } from '../support/explains-as-issued.js'
import type { Query } from '../support/people.js'
import { basic, bodyOf, post } from '../support/server.js'
import { cases } from './cases.js'
import type { CaseConfig, CaseResource } from './cases.js'
import { pairsOf } from './parameters.js'
import { optionsOf } from './world.js'

/** What the cases that only speak of "reference-token clients" mean. */
const referenceWorld = cases.find(({ id }) => id === 'int-20')?.config ?? {}

type Entry = string | CaseResource

const named = (entry: Entry): CaseResource => (typeof entry === 'string' ? { name: entry } : entry)

/** The APIs of a case, with the secret of those that have one. */
const withSecrets = ({ apiResources = [] }: CaseConfig) =>
  apiResources.map(named).map(({ secret = false, ...api }) => ({
    ...api,
    ...(secret && { secrets: [{ value: sha256('secret') }] }),
  }))

/** `transaction:{id}` stands for a parser that knows this scope; ours knows it by a declaration. */
const withParameter = ({ apiScopes = [], scopeParser }: CaseConfig) =>
  apiScopes
    .map(named)
    .map((scope) =>
      scopeParser?.startsWith(`${scope.name}:`) ? { ...scope, parameter: {} } : scope,
    )

/** What a case without clients says of its token: that it is for the first API, and no other. */
function forFirstApi({ clients, apiResources = [] }: CaseConfig): Pick<Client, 'allowedResources'> {
  const [first] = apiResources.map(named)
  return clients === undefined && first !== undefined ? { allowedResources: [first.name] } : {}
}

/** A server with the APIs and clients of a case. */
export function createTokenServer(
  config: CaseConfig,
  compatibility: CompatibilityName,
): AuthorizationServer {
  const { client }: { readonly client?: unknown } = config
  const meant = typeof client === 'string' ? referenceWorld : config
  const { resources, clients, ...options } = optionsOf(meant, { defaultGrants })
  const server = createAuthorizationServer({
    ...options,
    resources: { ...resources, apiResources: withSecrets(meant), apiScopes: withParameter(meant) },
    clients: clients.map((each) => ({ ...each, ...forFirstApi(meant) })),
    issuer: 'https://idsvr4',
    compatibility,
  })
  return withExplanations(server)
}

/** Posts a form with the credentials of a client or an API. */
export const postAs = (
  server: AuthorizationServer,
  name: string,
  {
    path,
    form,
    secret = 'secret',
  }: { readonly path: string; readonly form: Query; readonly secret?: string },
): Promise<HttpResponse> =>
  post(server, pairsOf(form), { path, authorization: basic(name, secret) })

/** The tokens that a client gets: about bob, or about itself. */
export async function tokensOf(
  server: AuthorizationServer,
  clientId: string,
  form: { readonly scope: string; readonly grant_type: string },
): Promise<Readonly<Record<'access' | 'refresh', string>>> {
  const response = await postAs(server, clientId, { path: '/token', form })
  if (response.status !== 200) throw new Error(response.body)
  const body = bodyOf(response)
  return { access: String(body['access_token']), refresh: String(body['refresh_token']) }
}
