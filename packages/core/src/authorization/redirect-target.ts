import { OAuthError } from '@bailiwick/protocol'
import type { HttpResponse } from '@bailiwick/protocol'
import type { ServerContext } from '../context.js'
import type { Parameters } from '../http/parameters.js'
import { quoted } from '../http/quoted.js'
import type { RegisteredClient } from '../stores/client-store.js'
import { responseModes } from './response-modes/index.js'
import type { ResponseMode, ResponseParameters } from './response-modes/response-mode.js'

declare const brand: unique symbol

/**
 * Where an authorization request may be answered: its client is known and the redirect URI is one of the client's.
 * Only {@link readRedirectTarget} makes one, so that no answer, error or not, goes anywhere else.
 */
export interface RedirectTarget {
  readonly client: RegisteredClient
  readonly redirectUri: string
  readonly responseMode: ResponseMode
  readonly state: string | undefined
  readonly [brand]: 'RedirectTarget'
}

const invalidRequest = (description: string): OAuthError =>
  new OAuthError('invalid_request', { description })

async function findClient(
  parameters: Parameters,
  { clients }: ServerContext,
): Promise<RegisteredClient> {
  const clientId = parameters.get('client_id')
  if (clientId === undefined) throw invalidRequest('client_id is missing')
  const client = await clients.find(clientId)
  if (client === undefined) throw invalidRequest(`client_id ${quoted(clientId)} is unknown`)
  return client
}

const loopback = /^(http:\/\/(?:127\.0\.0\.1|\[::1\]|localhost))(?::\d{1,5})?(?=[/?]|$)/

/** A loopback URI without its port, which an application on the user's device cannot choose (RFC 8252 section 7.3). */
const withoutPort = (uri: string): string => uri.replace(loopback, '$1')

function isRegistered(uri: string, { redirectUris, applicationType }: RegisteredClient): boolean {
  if (redirectUris.has(uri)) return true
  // Whatever has the right form may still have a port that there is not.
  if (applicationType !== 'native' || !loopback.test(uri) || !URL.canParse(uri)) return false
  return [...redirectUris].some(
    (registered) => loopback.test(registered) && withoutPort(registered) === withoutPort(uri),
  )
}

function readRedirectUri(parameters: Parameters, client: RegisteredClient): string {
  const redirectUri = parameters.get('redirect_uri')
  if (redirectUri === undefined) throw invalidRequest('redirect_uri is missing')
  if (isRegistered(redirectUri, client)) return redirectUri
  throw invalidRequest(`redirect_uri ${quoted(redirectUri)} is not registered for this client`)
}

/** The mode that is asked for, or the default for one that is unknown: that too is told to the client. */
function selectResponseMode(parameters: Parameters): ResponseMode {
  const name = parameters.get('response_mode')
  return responseModes.find((mode) => mode.name === name) ?? responseModes[0]
}

/**
 * Finds out where an authorization request may be answered (RFC 6749 section 3.1.2).
 *
 * @throws OAuthError that nobody but the user can be told: there is no place known to send it to.
 */
export async function readRedirectTarget(
  parameters: Parameters,
  context: ServerContext,
): Promise<RedirectTarget> {
  const client = await findClient(parameters, context)
  const target = {
    client,
    redirectUri: readRedirectUri(parameters, client),
    responseMode: selectResponseMode(parameters),
    state: parameters.get('state'),
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the one place that brands a target
  return target as RedirectTarget
}

/** Answers an authorization request. Every answer names who gives it (RFC 9207). */
export function respondTo(
  { redirectUri, responseMode, state }: RedirectTarget,
  parameters: ResponseParameters,
  { issuer }: Pick<ServerContext, 'issuer'>,
): HttpResponse {
  const echoed: ResponseParameters = state === undefined ? [] : [['state', state]]
  return responseMode.respond(redirectUri, [...parameters, ...echoed, ['iss', issuer]])
}
