import { OAuthError } from '@bailiwick/protocol'
import type { Entry } from '../collection.js'
import type { ServerContext } from '../context.js'
import { isBrowser, recogniseBrowser } from '../http/browser.js'
import { withCookies } from '../http/cookies.js'
import { parseParameters } from '../http/parameters.js'
import { quoted } from '../http/quoted.js'
import { redirect } from '../http/redirect.js'
import { createHandle, handleId } from '../tokens/handle.js'
import { findSession } from './browser-session.js'
import { consentItems } from './consent-item.js'
import { describeConsent } from './describe-consent.js'
import type { Interaction, InteractionPrompt } from './interaction.js'
import type { Interactions } from './interactions.js'
import { createInteraction, pendingInteractions, resumeUrl } from './pending-interaction.js'
import type { Answer, PendingInteraction, Purpose } from './pending-interaction.js'
import { readRedirectTarget } from './redirect-target.js'
import { readAuthorizationRequest } from './request/authorization-request.js'
import type { AuthorizationRequest } from './request/authorization-request.js'

const invalid = (description: string): OAuthError =>
  new OAuthError('invalid_request', { description })

/** Which prompts an answer is for; every prompt can be denied. */
const promptsOf: Readonly<Record<Answer['kind'], readonly InteractionPrompt[]>> = {
  login: ['login', 'select_account', 'create'],
  continue: ['select_account'],
  consent: ['consent'],
  logout: ['logout'],
  denied: ['login', 'select_account', 'create', 'consent', 'logout'],
}

/** What an interaction is about, apart from the question itself. */
type Subject = Pick<
  Interaction,
  'client' | 'redirectUri' | 'loginHint' | 'acrValues' | 'uiLocales' | 'display' | 'consent'
>

const noSubject: Subject = {
  client: undefined,
  redirectUri: undefined,
  loginHint: undefined,
  acrValues: [],
  uiLocales: [],
  display: undefined,
  consent: undefined,
}

async function readAgain(form: string, context: ServerContext): Promise<AuthorizationRequest> {
  const parameters = parseParameters(form)
  const target = await readRedirectTarget(parameters, context)
  return readAuthorizationRequest(target, parameters, context)
}

async function subjectOf(purpose: Purpose, context: ServerContext): Promise<Subject> {
  switch (purpose.kind) {
    case 'sign_in':
      return noSubject
    case 'logout': {
      const { clientId, redirectUri, uiLocales } = purpose
      const client = clientId === undefined ? undefined : await context.clients.find(clientId)
      return { ...noSubject, client: client?.display, redirectUri, uiLocales }
    }
    case 'authorization': {
      const request = await readAgain(purpose.form, context)
      const { loginHint, acrValues, uiLocales, display, target } = request
      const { client, redirectUri } = target
      const described = describeConsent(consentItems({ client, ...request }, context), context)
      const { mayBeRemembered } = client.consent
      return {
        client: client.display,
        redirectUri,
        loginHint,
        acrValues,
        uiLocales,
        display,
        consent: { ...described, mayBeRemembered },
      }
    }
  }
}

async function describe(
  id: string,
  { data, expiresAt }: Entry<PendingInteraction>,
  context: ServerContext,
): Promise<Interaction> {
  const { prompt, purpose, browser, subject } = data
  const about = await subjectOf(purpose, context)
  return {
    ...about,
    id,
    prompt,
    consent: prompt === 'consent' ? about.consent : undefined,
    user: subject === undefined ? undefined : { subject },
    expiresAt,
    browser,
  }
}

const mostAttempts = 5

/** Stores an answer, in place of an earlier one that was not brought back yet, and makes the ticket for it. */
async function storeAnswer(id: string, answer: Answer, context: ServerContext): Promise<string> {
  const interactions = pendingInteractions(context)
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    // oxlint-disable-next-line no-await-in-loop -- each attempt depends on how the one before ended
    const entry = await interactions.find(handleId(id))
    if (entry === undefined) throw invalid('the interaction has expired or is finished')
    const { prompt } = entry.data
    if (!promptsOf[answer.kind].includes(prompt)) {
      throw invalid(`the interaction asks for ${quoted(prompt)}`)
    }
    const ticket = createHandle()
    const answered = { ...entry.data, answer, ticket: handleId(ticket) }
    // oxlint-disable-next-line no-await-in-loop
    if (await interactions.replace({ ...entry, data: answered }))
      return resumeUrl(id, ticket, context)
  }
  throw invalid('the interaction is being answered elsewhere')
}

/** A path of this origin: neither another host (`//host`, `/\host`) nor anything else than a path. */
const isLocalPath = (path: string): boolean => /^\/(?![/\\])[^\\\s]*$/.test(path)

/** Creates what pages use to find out what to ask, and to report what was answered. */
export function createInteractions(context: ServerContext): Interactions {
  return {
    async find(id) {
      const entry = await pendingInteractions(context).find(handleId(id))
      return entry && describe(id, entry, context)
    },
    isSameBrowser: ({ browser }, request) => isBrowser(browser, request, context),
    login(id, { authTime = context.now(), ...how }) {
      // Settled here, because the answer may be brought back much later.
      return storeAnswer(id, { kind: 'login', login: { ...how, authTime } }, context)
    },
    continue: (id) => storeAnswer(id, { kind: 'continue' }, context),
    consent: (id, { scopes, remember = false }) =>
      storeAnswer(id, { kind: 'consent', scopes, remember }, context),
    logout: (id) => storeAnswer(id, { kind: 'logout' }, context),
    deny: (id, error = 'access_denied') => storeAnswer(id, { kind: 'denied', error }, context),
    async signIn(request, returnTo) {
      if (!isLocalPath(returnTo)) throw new TypeError(`${returnTo} is not a path of this origin`)
      const browser = recogniseBrowser(request, context)
      const session = await findSession(request, context)
      const id = await createInteraction(
        {
          prompt: 'login',
          purpose: { kind: 'sign_in', returnTo },
          browser: browser.mark,
          ...(session !== undefined && { subject: session.data.subject }),
        },
        context,
      )
      return withCookies(redirect(`${context.interactionUrl}/${id}`), [browser.setCookie])
    },
  }
}
