import { OAuthError } from '@bailiwick/protocol'
import type { HttpResponse } from '@bailiwick/protocol'
import type { ServerContext } from '../context.js'
import type { Browser } from '../http/browser.js'
import { withCookies } from '../http/cookies.js'
import { redirect } from '../http/redirect.js'
import { issueAuthorizationCode } from '../tokens/authorization-code.js'
import { createHandle } from '../tokens/handle.js'
import { userOf, useSession } from './browser-session.js'
import { decide } from './decide.js'
import type { Authorized, Situation } from './decide.js'
import type { InteractionPrompt } from './interaction.js'
import { createInteraction } from './pending-interaction.js'
import { respondTo } from './redirect-target.js'
import type { AuthorizationRequest } from './request/authorization-request.js'

/** An authorization request on its way to an answer. */
export interface AuthorizationAttempt extends Situation {
  /** The parameters as they came, to be read again when the user was asked something. */
  readonly form: string
  readonly browser: Browser
}

/** What `prompt=none` is told when something has to be asked (OpenID Connect Core 1.0 section 3.1.2.6). */
const unasked = {
  login: 'login_required',
  create: 'login_required',
  select_account: 'account_selection_required',
  consent: 'consent_required',
} as const

/**
 * Refuses to ask the user anything where the client does not want it.
 *
 * @throws OAuthError the error of what would have to be asked.
 */
export function checkMayAsk(
  prompt: Exclude<InteractionPrompt, 'logout'>,
  { prompts }: AuthorizationRequest,
): void {
  if (!prompts.has('none')) return
  throw new OAuthError(unasked[prompt], {
    description: `prompt is 'none', and the user would have to be asked (${prompt})`,
  })
}

async function askUser(
  prompt: Exclude<InteractionPrompt, 'logout'>,
  { request, session, progress, form, browser }: AuthorizationAttempt,
  context: ServerContext,
): Promise<HttpResponse> {
  checkMayAsk(prompt, request)
  const id = await createInteraction(
    {
      prompt,
      purpose: { kind: 'authorization', form, progress },
      browser: browser.mark,
      ...(session !== undefined && { subject: session.data.subject }),
    },
    context,
  )
  return redirect(`${context.interactionUrl}/${id}`)
}

/** Makes the code of an authorization request that was granted. */
export async function createCode(
  request: AuthorizationRequest,
  { session, scopes }: Authorized,
  context: ServerContext,
): Promise<string> {
  const { target, resources, codeChallenge, nonce, requestedClaims } = request
  const { client, redirectUri } = target
  return issueAuthorizationCode(
    {
      user: userOf(session),
      scopes,
      resources,
      redirectUri,
      ...(codeChallenge !== undefined && { codeChallenge }),
      ...(nonce !== undefined && { nonce }),
      ...(requestedClaims !== undefined && { requestedClaims }),
      family: createHandle(),
    },
    client,
    context,
  )
}

async function sendCode(
  request: AuthorizationRequest,
  authorized: Authorized,
  context: ServerContext,
): Promise<HttpResponse> {
  const { target } = request
  const code = await createCode(request, authorized, context)
  // Last, so that nobody gets the code of a session that has ended: who ends one takes back the codes that are there.
  await useSession(authorized.session, target.client.clientId, context)
  return respondTo(target, [['code', code]], context)
}

/** Takes an authorization request one step on: asks the user what is missing, or sends the client its code. */
export async function authorize(
  attempt: AuthorizationAttempt,
  context: ServerContext,
): Promise<HttpResponse> {
  const decision = await decide(attempt, context)
  const response =
    decision.kind === 'ask'
      ? await askUser(decision.prompt, attempt, context)
      : await sendCode(attempt.request, decision.authorized, context)
  return withCookies(response, [attempt.browser.setCookie])
}
