import type { ClientDisplay, ConsentRequest, ConsentScope, Interaction } from '@bailiwick/core'
import type { HttpResponse } from '@bailiwick/protocol'
import type { Form } from '../http/read-form.js'
import { seeOther } from '../http/respond.js'
import { PageFailure } from '../page-failure.js'
import { askedScopes } from '../parts/scope-groups.js'
import type { Texts } from '../texts/catalogue.js'
import { answerVisit, viewOf } from './visit.js'
import type { Differences, Visit } from './visit.js'

interface ConsentState extends Differences {
  readonly allowed?: ReadonlySet<string>
  readonly problem?: string
}

/** What an interaction with the prompt `consent` has and the others need not have. */
function readQuestion({ client, consent }: Interaction): {
  readonly client: ClientDisplay
  readonly consent: ConsentRequest
} {
  if (client === undefined || consent === undefined) {
    throw new TypeError('an interaction for consent lacks what to consent to')
  }
  return { client, consent }
}

const isLoopback = (hostname: string): boolean =>
  /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname)

/** Where the answer goes: a host, or what people call an app with a scheme or port of its own (RFC 8252 section 7). */
function describeTarget({ redirectUri }: Interaction, { thisDevice }: Texts): string | undefined {
  if (redirectUri === undefined) return undefined
  const { protocol, hostname, host } = new URL(redirectUri)
  return /^https?:$/.test(protocol) && !isLoopback(hostname) ? host : thisDevice
}

const valuesOf = (scopes: readonly ConsentScope[]): ReadonlySet<string> =>
  new Set(scopes.map(({ value }) => value))

/** Shows what a client asks for. */
export function showConsent(visit: Visit, state: ConsentState = {}): HttpResponse {
  const { ui, interaction, language } = visit
  const { client, consent } = readQuestion(interaction)
  const { allowed = valuesOf(askedScopes(consent)), problem, ...differences } = state
  return answerVisit(visit, {
    name: 'consent',
    content: ui.render.consent({
      ...viewOf(visit),
      client,
      consent,
      allowed,
      returnsTo: describeTarget(interaction, language.texts),
      problem,
    }),
    ...differences,
  })
}

/** Reports what was allowed: of what was asked for, what is ticked and what is required. */
async function allow(visit: Visit, form: Form): Promise<HttpResponse> {
  const { ui, interaction, language } = visit
  const { consent } = readQuestion(interaction)
  const ticked = new Set(form.getAll('scope'))
  const allowed = valuesOf(
    askedScopes(consent).filter(({ required, value }) => required || ticked.has(value)),
  )
  if (allowed.size === 0) {
    return showConsent(visit, { allowed, problem: language.texts.consentNothing, status: 422 })
  }
  const remember = consent.mayBeRemembered && form.get('remember') === 'yes'
  const decision = { scopes: [...allowed], remember }
  return seeOther(await ui.server.interactions.consent(interaction.id, decision))
}

/** Reports whether and what a user allows. */
export async function answerConsent(visit: Visit, form: Form): Promise<HttpResponse> {
  const { ui, interaction } = visit
  const decision = form.get('decision')
  if (decision === 'allow') return allow(visit, form)
  if (decision === 'deny') return seeOther(await ui.server.interactions.deny(interaction.id))
  throw new PageFailure('unreadable')
}
