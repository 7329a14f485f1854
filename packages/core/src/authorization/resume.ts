import { hash, timingSafeEqual } from 'node:crypto'
import { OAuthError } from '@bailiwick/protocol'
import type { HttpRequest, HttpResponse } from '@bailiwick/protocol'
import type { ServerContext } from '../context.js'
import { isBrowser, recogniseBrowser } from '../http/browser.js'
import { withCookies } from '../http/cookies.js'
import { parseParameters } from '../http/parameters.js'
import type { Parameters } from '../http/parameters.js'
import { redirect } from '../http/redirect.js'
import { handleId } from '../tokens/handle.js'
import { applyAnswer, signIn } from './apply-answer.js'
import { tellingClient } from './authorization-error.js'
import { authorize } from './authorize.js'
import { findSession } from './browser-session.js'
import { finishLogout } from './finish-logout.js'
import { pendingInteractions } from './pending-interaction.js'
import type { Answer, PendingInteraction, Purpose } from './pending-interaction.js'
import { readRedirectTarget } from './redirect-target.js'
import { readAuthorizationRequest } from './request/authorization-request.js'

const invalid = (description: string): OAuthError =>
  new OAuthError('invalid_request', { description })

/** A question that was answered, in the browser that brings the answer back. */
export interface Resumed<Kind extends Purpose['kind'] = Purpose['kind']> {
  readonly purpose: Extract<Purpose, { kind: Kind }>
  readonly answer: Answer
  /** Who was signed in when the question was asked. */
  readonly askedSubject: string | undefined
  readonly request: HttpRequest
}

const isSame = (one: string, other: string): boolean =>
  timingSafeEqual(hash('sha256', one, 'buffer'), hash('sha256', other, 'buffer'))

function checkTicket(
  { browser, ticket }: PendingInteraction,
  presented: string,
  { request, context }: { readonly request: HttpRequest; readonly context: ServerContext },
): void {
  if (!isBrowser(browser, request, context)) {
    throw invalid('this sign-in began in another browser, or the browser keeps no cookies')
  }
  if (ticket === undefined || !isSame(ticket, handleId(presented))) {
    throw invalid('ticket is not the one of the last answer')
  }
}

/**
 * Takes an answer over, once. It needs both what only the browser has in which the request began, and what only the
 * page could give which asked: so nobody is signed in by a link, and nobody answers for another.
 */
async function takeAnswer(
  parameters: Parameters,
  request: HttpRequest,
  context: ServerContext,
): Promise<Resumed> {
  const interactions = pendingInteractions(context)
  const entry = await interactions.find(handleId(parameters.get('interaction') ?? ''))
  if (entry === undefined) throw invalid('this sign-in has expired or is finished')
  checkTicket(entry.data, parameters.get('ticket') ?? '', { request, context })
  const { answer, ticket: _, ...question } = entry.data
  // Not by `take`: an answer that came since would be taken along unseen. Without its ticket, because another process,
  // whose clock is behind, may not see yet that it has ended.
  const isTaken = await interactions.replace({ ...entry, expiresAt: context.now(), data: question })
  if (!isTaken || answer === undefined) throw invalid('this sign-in is finished')
  const { purpose, subject: askedSubject } = question
  return { purpose, answer, askedSubject, request }
}

async function resumeAuthorization(
  { purpose: { form, progress }, answer, askedSubject, request }: Resumed<'authorization'>,
  context: ServerContext,
): Promise<HttpResponse> {
  const parameters = parseParameters(form)
  const target = await readRedirectTarget(parameters, context)
  return tellingClient(target, async () => {
    const asked = {
      request: await readAuthorizationRequest(target, parameters, context),
      askedSubject,
      session: await findSession(request, context),
      progress,
    }
    const { setCookie, ...answered } = await applyAnswer(answer, asked, context)
    const browser = recogniseBrowser(request, context)
    const attempt = { ...asked, ...answered, form, browser }
    const response = await tellingClient(target, () => authorize(attempt, context), setCookie)
    return withCookies(response, [setCookie])
  })
}

async function resumeSignIn(
  { purpose: { returnTo }, answer, request }: Resumed<'sign_in'>,
  context: ServerContext,
): Promise<HttpResponse> {
  if (answer.kind !== 'login') {
    throw new OAuthError('access_denied', { description: 'the user did not sign in' })
  }
  const session = await findSession(request, context)
  const { setCookie } = await signIn(answer.login, session, context)
  const location = new URL(returnTo, context.issuer).href
  return withCookies(redirect(location), [setCookie])
}

/** Goes on where a user was asked something. */
export async function resume(request: HttpRequest, context: ServerContext): Promise<HttpResponse> {
  const [, query = ''] = request.url.split('?', 2)
  const { purpose, ...resumed } = await takeAnswer(parseParameters(query), request, context)
  switch (purpose.kind) {
    case 'authorization':
      return resumeAuthorization({ purpose, ...resumed }, context)
    case 'sign_in':
      return resumeSignIn({ purpose, ...resumed }, context)
    case 'logout':
      return finishLogout({ purpose, ...resumed }, context)
  }
}
