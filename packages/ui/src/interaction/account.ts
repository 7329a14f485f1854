import type { HttpResponse } from '@bailiwick/protocol'
import type { Form } from '../http/read-form.js'
import { seeOther } from '../http/respond.js'
import { answerLogin, mayCancel, showLogin } from './login.js'
import { answerVisit, viewOf } from './visit.js'
import type { Visit } from './visit.js'

/** With this query the pages that offer something else than the login form show it. */
const loginQuery = '?account=other'

const wantsLogin = ({ request }: Visit): boolean => request.url.endsWith(loginQuery)

/** Shows who is signed in, to go on as or not; or the login form, where nobody is or it was asked for. */
export function showSelectAccount(visit: Visit): HttpResponse {
  const { ui, form, account } = visit
  if (account === undefined || wantsLogin(visit)) return showLogin(visit)
  return answerVisit(visit, {
    name: 'select-account',
    content: ui.render.selectAccount({
      ...viewOf(visit),
      account,
      loginUrl: form.action + loginQuery,
      mayCancel: mayCancel(visit),
    }),
  })
}

/** Goes on as who is signed in, or signs in somebody else. */
export async function answerSelectAccount(visit: Visit, form: Form): Promise<HttpResponse> {
  if (form.get('decision') !== 'continue') return answerLogin(visit, form)
  const { ui, interaction } = visit
  return seeOther(await ui.server.interactions.continue(interaction.id))
}

/** Shows the way to where accounts are created; or the login form, where there is none or it was asked for. */
export function showCreate(visit: Visit): HttpResponse {
  const { ui, interaction, form } = visit
  const registerUrl = ui.registerUrl(interaction.id)
  if (registerUrl === undefined || wantsLogin(visit)) return showLogin(visit)
  return answerVisit(visit, {
    name: 'create',
    content: ui.render.create({
      ...viewOf(visit),
      registerUrl,
      loginUrl: form.action + loginQuery,
    }),
  })
}
