import type { HttpResponse } from '@bailiwick/protocol'
import type { Form } from '../http/read-form.js'
import { seeOther } from '../http/respond.js'
import { PageFailure } from '../page-failure.js'
import { answerVisit, viewOf } from './visit.js'
import type { Visit } from './visit.js'

/** Asks whether to sign out. */
export function showLogout(visit: Visit): HttpResponse {
  return answerVisit(visit, {
    name: 'logout',
    content: visit.ui.render.logout(viewOf(visit)),
  })
}

/** Signs out, or does not. */
export async function answerLogout(visit: Visit, form: Form): Promise<HttpResponse> {
  const { ui, interaction } = visit
  const { interactions } = ui.server
  const decision = form.get('decision')
  if (decision === 'logout') return seeOther(await interactions.logout(interaction.id))
  if (decision === 'stay') return seeOther(await interactions.deny(interaction.id))
  throw new PageFailure('unreadable')
}
