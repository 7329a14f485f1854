import type { Session } from '@bailiwick/core'
import type { HttpRequest, HttpResponse } from '@bailiwick/protocol'
import { answerWithPage } from '../http/answer-with-page.js'
import { readForm } from '../http/read-form.js'
import { seeOther } from '../http/respond.js'
import { PageFailure } from '../page-failure.js'
import { clientLogo } from '../parts/client.js'
import { chooseLanguage } from '../texts/choose-language.js'
import type { Ui } from '../ui.js'

/** What the token of the form is good for: in this browser somebody else may have signed in since it was shown. */
const purposeOf = ({ subject }: Session): string => `grants of ${subject}`

const pathOf = ({ site, grantsPath }: Ui): string => site.issuerPath + grantsPath

/** Which client's grant was just taken back, as the redirect after it says. */
function revokedClient({ url }: HttpRequest): string | undefined {
  const [, query = ''] = url.split('?', 2)
  return new URLSearchParams(query).get('revoked') ?? undefined
}

async function show(session: Session, request: HttpRequest, ui: Ui): Promise<HttpResponse> {
  const { subject } = session
  const csrfToken = ui.server.csrf.create(request, purposeOf(session))
  if (csrfToken === undefined) throw new PageFailure('otherBrowser')
  const [account, grants] = await Promise.all([
    ui.accountOf(subject),
    ui.server.grants.list(subject),
  ])
  const language = chooseLanguage([], request, ui.site.catalogue)
  const revoked = revokedClient(request)
  // Anybody can make a link that says so: it is only repeated where it is true.
  const isRevoked =
    revoked !== undefined && grants.every(({ client }) => client.clientId !== revoked)
  return answerWithPage(ui.site, {
    name: 'grants',
    language,
    content: ui.render.grants({
      language,
      form: { action: pathOf(ui), csrfToken },
      account,
      grants,
      isRevoked,
    }),
    permissions: { images: grants.map(({ client }) => clientLogo(client)), forms: 'self' },
  })
}

async function revoke(session: Session, request: HttpRequest, ui: Ui): Promise<HttpResponse> {
  const { csrf, grants } = ui.server
  const form = await readForm(request)
  if (!csrf.isValid(request, purposeOf(session), form.get('csrf')))
    throw new PageFailure('notFromHere')
  const clientId = form.get('clientId')
  if (clientId === undefined || clientId === '') throw new PageFailure('unreadable')
  await grants.revoke({ subject: session.subject, clientId })
  return seeOther(`${pathOf(ui)}?${new URLSearchParams({ revoked: clientId })}`)
}

/** Shows what a user has allowed, or takes it back. Whoever is not signed in is asked to. */
export async function answerGrants(request: HttpRequest, ui: Ui): Promise<HttpResponse> {
  const { sessions, interactions } = ui.server
  const session = await sessions.find(request)
  if (session === undefined) return interactions.signIn(request, pathOf(ui))
  return request.method === 'POST' ? revoke(session, request, ui) : show(session, request, ui)
}
