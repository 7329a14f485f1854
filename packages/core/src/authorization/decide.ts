import { OAuthError } from '@bailiwick/protocol'
import type { ServerContext } from '../context.js'
import { isActive } from '../tokens/ask-profile.js'
import type { SessionEntry } from './browser-session.js'
import { consentItems } from './consent-item.js'
import type { InteractionPrompt } from './interaction.js'
import { isRemembered } from './remembered-consent.js'
import type { AuthorizationRequest } from './request/authorization-request.js'

/** What a user has answered in the course of one authorization request. */
export interface Progress {
  /** Who has signed in for it. */
  readonly signedIn?: string
  /** Who was chosen for it. */
  readonly selected?: string
  /** Who has consented, and to which scopes. */
  readonly consent?: { readonly subject: string; readonly scopes: readonly string[] }
}

/** An authorization request, who is signed in, and what was answered so far. */
export interface Situation {
  readonly request: AuthorizationRequest
  readonly session: SessionEntry | undefined
  readonly progress: Progress
}

/** A user is there, and nothing is left to ask. */
export interface Authorized {
  readonly session: SessionEntry
  /** The scope values that are granted. */
  readonly scopes: readonly string[]
}

/** What comes next: a question to the user, or the answer to the client. */
export type Decision =
  | { readonly kind: 'ask'; readonly prompt: Exclude<InteractionPrompt, 'logout'> }
  | { readonly kind: 'answer'; readonly authorized: Authorized }

const ask = (prompt: Exclude<InteractionPrompt, 'logout'>): Decision => ({ kind: 'ask', prompt })

/** The authentication context classes without which the client wants no answer (section 5.5.1.1). */
function essentialAcr({ requestedClaims }: AuthorizationRequest): readonly unknown[] {
  const { essential = false, value, values = [] } = requestedClaims?.idToken['acr'] ?? {}
  return essential ? [...(value === undefined ? [] : [value]), ...values] : []
}

const lacksAcr = (request: AuthorizationRequest, { data: { acr } }: SessionEntry): boolean => {
  const accepted = essentialAcr(request)
  return accepted.length > 0 && !accepted.includes(acr)
}

const isWrongUser = ({ hintedSubject }: AuthorizationRequest, { data }: SessionEntry): boolean =>
  hintedSubject !== undefined && hintedSubject !== data.subject

/** Whether the session is too old: for the request, or for the client. */
function isStale(
  { maxAge = Infinity, target: { client } }: AuthorizationRequest,
  { data: { authTime } }: SessionEntry,
  { now }: ServerContext,
): boolean {
  const age = now() - authTime
  // max_age=0 asks for a new login whatever the time.
  return maxAge === 0 || age > maxAge || age > (client.userSsoLifetime ?? Infinity)
}

const isReady = ({ request, session, progress }: Situation): boolean =>
  session !== undefined &&
  (progress.signedIn === session.data.subject ||
    (!request.prompts.has('login') && !request.prompts.has('create')))

/** Somebody has signed in for this request, and it is not what the client insists on. */
function checkNewLogin(request: AuthorizationRequest, session: SessionEntry): void {
  if (isWrongUser(request, session)) {
    throw new OAuthError('login_required', { description: 'another user signed in' })
  }
  if (lacksAcr(request, session)) {
    throw new OAuthError('unmet_authentication_requirements', {
      description: 'the user signed in otherwise than the client insists on',
    })
  }
}

async function needsLogin(situation: Situation, context: ServerContext): Promise<boolean> {
  const { request, session, progress } = situation
  if (session === undefined || !isReady(situation)) return true
  const { clientId } = request.target.client
  if (!(await isActive(session.data.subject, clientId, context))) return true
  if (progress.signedIn === session.data.subject) {
    checkNewLogin(request, session)
    return false
  }
  return (
    isStale(request, session, context) ||
    isWrongUser(request, session) ||
    lacksAcr(request, session)
  )
}

/** What a user has allowed for this request. Somebody else may have before them, in the same browser. */
function consentOf(
  { progress: { consent } }: Pick<Situation, 'progress'>,
  { data: { subject } }: SessionEntry,
): readonly string[] | undefined {
  return consent?.subject === subject ? consent.scopes : undefined
}

function needsSelection({ request, session, progress }: Situation): boolean {
  if (!request.prompts.has('select_account') || session === undefined) return false
  const { subject } = session.data
  return progress.signedIn !== subject && progress.selected !== subject
}

async function needsConsent(
  situation: Situation,
  session: SessionEntry,
  context: ServerContext,
): Promise<boolean> {
  const { request } = situation
  const { client } = request.target
  if (consentOf(situation, session) !== undefined) return false
  const isRequired = client.consent.isRequired || request.prompts.has('consent')
  context.report?.({ type: 'consent_decided', isRequired })
  if (!isRequired || request.prompts.has('consent')) return isRequired
  const items = consentItems({ client, ...request }, context)
  return !(await isRemembered(items, { subject: session.data.subject, client }, context))
}

/** Finds out what is missing before an authorization request can be answered, one question at a time. */
export async function decide(situation: Situation, context: ServerContext): Promise<Decision> {
  const { request, session } = situation
  if (request.prompts.has('create') && !isReady(situation)) return ask('create')
  if (needsSelection(situation)) return ask('select_account')
  if (session === undefined || (await needsLogin(situation, context))) return ask('login')
  if (await needsConsent(situation, session, context)) return ask('consent')
  const scopes = consentOf(situation, session) ?? request.scopes
  return { kind: 'answer', authorized: { session, scopes } }
}
