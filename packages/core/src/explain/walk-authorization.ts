import { createHash } from 'node:crypto'
import { OAuthError } from '@bailiwick/protocol'
import { applyAnswer } from '../authorization/apply-answer.js'
import { checkMayAsk, createCode } from '../authorization/authorize.js'
import { startSession, userOf } from '../authorization/browser-session.js'
import type { SessionEntry } from '../authorization/browser-session.js'
import { decide } from '../authorization/decide.js'
import type { Situation } from '../authorization/decide.js'
import type { InteractionPrompt, Login } from '../authorization/interaction.js'
import type { Answer } from '../authorization/pending-interaction.js'
import { readRedirectTarget } from '../authorization/redirect-target.js'
import { readAuthorizationRequest } from '../authorization/request/authorization-request.js'
import type { AuthorizationRequest } from '../authorization/request/authorization-request.js'
import { parseParameters } from '../http/parameters.js'
import type { RegisteredClient } from '../stores/client-store.js'
import { issueAuthorizationCode } from '../tokens/authorization-code.js'
import type { AuthorizationGrant } from '../tokens/authorization-grant.js'
import { createHandle } from '../tokens/handle.js'
import { issueRefreshToken } from '../tokens/refresh-token.js'
import { encodeForm } from './encode-form.js'
import type { AuthorizedBefore, ExplainRequest } from './explain-request.js'
import type { Walk } from './walk.js'

/** What a client keeps to prove that a code is its own (RFC 7636). */
export const verifier = 'v'.repeat(43)
const challenge = createHash('sha256').update(verifier).digest('base64url')

function authorizationForm(
  { scope, resources = [], claims, authorizationParameters = {} }: ExplainRequest,
  { clientId, redirectUris }: RegisteredClient,
): string {
  const [redirectUri] = redirectUris
  return encodeForm([
    ['response_type', 'code'],
    ['client_id', clientId],
    ['redirect_uri', redirectUri],
    ['scope', scope],
    ...resources.map((resource) => ['resource', resource] as const),
    ['claims', claims],
    ['code_challenge', challenge],
    ['code_challenge_method', 'S256'],
    ...Object.entries(authorizationParameters),
  ])
}

async function readRequest({ request, client, context }: Walk): Promise<AuthorizationRequest> {
  const parameters = parseParameters(authorizationForm(request, client))
  const target = await readRedirectTarget(parameters, context)
  return readAuthorizationRequest(target, parameters, context)
}

function requireUser({ user }: ExplainRequest): Login {
  if (user !== undefined) return user
  throw new OAuthError('login_required', {
    description: 'grant_type authorization_code needs a user, and none was named',
  })
}

/** A user who is signed in, and answers. */
interface Attended extends Situation {
  readonly session: SessionEntry
}

function answerTo(
  prompt: Exclude<InteractionPrompt, 'logout'>,
  { request, progress }: Attended,
  { user, consent = request.scopes }: ExplainRequest,
): Answer {
  if (prompt === 'consent') return { kind: 'consent', scopes: consent, remember: false }
  if (prompt === 'select_account') return { kind: 'continue' }
  if (user !== undefined && progress.signedIn === undefined) return { kind: 'login', login: user }
  throw new OAuthError('access_denied', {
    description: 'the user may not be signed in for this client',
  })
}

/** Answers whatever the user is asked, one question after another. */
async function answerAll(situation: Attended, walk: Walk): Promise<string> {
  const { context } = walk
  const { request, session } = situation
  const decision = await decide(situation, context)
  if (decision.kind === 'answer') return createCode(request, decision.authorized, context)
  checkMayAsk(decision.prompt, request)
  const answer = answerTo(decision.prompt, situation, walk.request)
  const asked = { ...situation, askedSubject: session.data.subject }
  const { progress, session: current = session } = await applyAnswer(answer, asked, context)
  return answerAll({ request, session: current, progress }, walk)
}

const grantOf = (
  { scopes, resources }: AuthorizedBefore,
  session: SessionEntry,
): AuthorizationGrant => ({
  user: userOf(session),
  scopes,
  ...(resources !== undefined && { resources }),
  family: createHandle(),
})

const signIn = async ({ request, context }: Walk): Promise<SessionEntry> =>
  (await startSession(requireUser(request), undefined, context)).session

/** Goes the way of an authorization request, up to the code that the client gets. */
export async function walkToCode(walk: Walk): Promise<string> {
  const { request, client, context } = walk
  const { authorized } = request
  if (authorized === undefined) {
    // What is wrong with the request is told before anybody signs in.
    const asked = await readRequest(walk)
    return answerAll({ request: asked, session: await signIn(walk), progress: {} }, walk)
  }
  const session = await signIn(walk)
  const [redirectUri = ''] = client.redirectUris
  const code = { ...grantOf(authorized, session), redirectUri, codeChallenge: challenge }
  return issueAuthorizationCode(code, client, context)
}

/** Makes the refresh token of what was authorized before. */
export async function walkToRefreshToken(
  authorized: AuthorizedBefore,
  walk: Walk,
): Promise<string> {
  const { client, context } = walk
  return issueRefreshToken(grantOf(authorized, await signIn(walk)), { client, context })
}
