import { OAuthError } from '@bailiwick/protocol'
import type { ServerContext } from '../context.js'
import { quoted } from '../http/quoted.js'
import { reachableResources } from '../resources/available-scopes.js'
import { startSession } from './browser-session.js'
import type { SessionEntry } from './browser-session.js'
import { consentItems, knownScope } from './consent-item.js'
import type { Progress } from './decide.js'
import { endSession } from './end-session.js'
import type { Login } from './interaction.js'
import type { Answer } from './pending-interaction.js'
import { rememberConsent } from './remembered-consent.js'
import type { AuthorizationRequest } from './request/authorization-request.js'

/** What an answer has changed. */
export interface Answered {
  readonly session: SessionEntry | undefined
  readonly progress: Progress
  /** For the session that has begun. */
  readonly setCookie?: string
}

const denied = (description: string): OAuthError => new OAuthError('access_denied', { description })

/** Signs a user in, and another one out who was signed in in the same browser. */
export async function signIn(
  login: Login,
  previous: SessionEntry | undefined,
  context: ServerContext,
): Promise<Required<Omit<Answered, 'progress'>>> {
  const started = await startSession(login, previous, context)
  const { sessionId } = started.session
  context.emit({ type: 'signed_in', subject: login.subject, sessionId })
  if (previous !== undefined && previous.data.subject !== login.subject) {
    await endSession(previous, context)
  }
  return started
}

/**
 * What a client must get or else gets nothing: the scopes marked as required, and something of what it named.
 *
 * @throws OAuthError `access_denied`
 */
function checkConsented(
  scopes: readonly string[],
  request: AuthorizationRequest,
  context: ServerContext,
): void {
  if (scopes.length === 0) throw denied('the user allowed nothing')
  const missing = request.scopes.filter((value) => {
    const entry = knownScope(value, context)?.entry
    const resource = entry?.kind === 'api' ? entry.apiScope : entry?.identityResource
    return resource?.required === true && !scopes.includes(value)
  })
  if (missing.length > 0) throw denied(`the user did not allow ${quoted(...missing)}`)
  const { client } = request.target
  const { resources } = request
  if (
    resources.length === 0 ||
    reachableResources(resources, scopes, { client, context }).length > 0
  )
    return
  throw denied(`the user allowed nothing at ${quoted(...resources)}`)
}

async function consent(
  { scopes: chosen, remember }: Extract<Answer, { kind: 'consent' }>,
  { request, session }: { readonly request: AuthorizationRequest; readonly session: SessionEntry },
  context: ServerContext,
): Promise<Progress['consent'] & object> {
  const { client } = request.target
  const { subject } = session.data
  const scopes = request.scopes.filter((scope) => {
    const isAllowed = chosen.includes(scope)
    if (!isAllowed) context.report?.({ type: 'scope_dropped', scope, reason: 'denied' })
    return isAllowed
  })
  checkConsented(scopes, request, context)
  const { resources } = request
  const items = remember ? consentItems({ client, scopes, resources }, context) : []
  await rememberConsent(items, { subject, client }, context)
  return { subject, scopes }
}

/** The situation that a user has answered in. */
export interface Asked {
  readonly request: AuthorizationRequest
  /** Who was signed in when the page asked. */
  readonly askedSubject: string | undefined
  /** Who is signed in in the browser now. */
  readonly session: SessionEntry | undefined
  readonly progress: Progress
}

/**
 * Makes of the answer of a user what it changes.
 *
 * @throws OAuthError for the client when the user refuses.
 */
export async function applyAnswer(
  answer: Answer,
  { request, askedSubject, session, progress }: Asked,
  context: ServerContext,
): Promise<Answered> {
  // Somebody else may have signed in meanwhile, in another tab: nobody answers for them.
  const isFromUser = session !== undefined && session.data.subject === askedSubject
  switch (answer.kind) {
    case 'login': {
      const started = await signIn(answer.login, session, context)
      return { ...started, progress: { ...progress, signedIn: answer.login.subject } }
    }
    case 'continue': {
      if (!isFromUser) return { session, progress }
      return { session, progress: { ...progress, selected: session.data.subject } }
    }
    case 'consent': {
      if (!isFromUser) return { session, progress }
      const given = await consent(answer, { request, session }, context)
      return { session, progress: { ...progress, consent: given } }
    }
    case 'denied':
      throw new OAuthError(answer.error, { description: 'the user did not go on' })
    case 'logout':
      throw new OAuthError('invalid_request', { description: 'nobody asked whether to sign out' })
  }
}
