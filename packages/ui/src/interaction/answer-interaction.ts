import type { HttpRequest, HttpResponse } from '@bailiwick/protocol'
import { readForm } from '../http/read-form.js'
import type { Form } from '../http/read-form.js'
import { seeOther } from '../http/respond.js'
import { PageFailure } from '../page-failure.js'
import type { Ui } from '../ui.js'
import { answerSelectAccount, showCreate, showSelectAccount } from './account.js'
import { answerConsent, showConsent } from './consent.js'
import { answerLogin, showLogin } from './login.js'
import { answerLogout, showLogout } from './logout.js'
import { openVisit } from './visit.js'
import type { Visit } from './visit.js'

function show(visit: Visit): HttpResponse {
  switch (visit.interaction.prompt) {
    case 'login':
      return showLogin(visit)
    case 'select_account':
      return showSelectAccount(visit)
    case 'create':
      return showCreate(visit)
    case 'consent':
      return showConsent(visit)
    case 'logout':
      return showLogout(visit)
  }
}

async function submit(visit: Visit, form: Form): Promise<HttpResponse> {
  const { ui, interaction } = visit
  if (form.get('decision') === 'cancel') {
    return seeOther(await ui.server.interactions.deny(interaction.id))
  }
  switch (interaction.prompt) {
    case 'login':
    case 'create':
      return answerLogin(visit, form)
    case 'select_account':
      return answerSelectAccount(visit, form)
    case 'consent':
      return answerConsent(visit, form)
    case 'logout':
      return answerLogout(visit, form)
  }
}

/** Shows what an interaction asks, or reports what was answered. */
export async function answerInteraction(
  id: string,
  request: HttpRequest,
  ui: Ui,
): Promise<HttpResponse> {
  const visit = await openVisit(id, request, ui)
  if (request.method !== 'POST') return show(visit)
  const form = await readForm(request)
  if (!ui.server.csrf.isValid(request, id, form.get('csrf'))) throw new PageFailure('notFromHere')
  return submit(visit, form)
}
