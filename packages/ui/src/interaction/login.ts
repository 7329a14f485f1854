import type { HttpResponse } from '@bailiwick/protocol'
import type { Form } from '../http/read-form.js'
import { seeOther } from '../http/respond.js'
import type { Texts } from '../texts/catalogue.js'
import { fill } from '../texts/fill.js'
import { answerVisit, viewOf } from './visit.js'
import type { Differences, Visit } from './visit.js'

interface LoginState extends Differences {
  readonly username?: string
  readonly problem?: string
}

/** Whether there is a client to tell that the user does not want to sign in. */
export function mayCancel({ interaction: { client, redirectUri } }: Visit): boolean {
  return client !== undefined && redirectUri !== undefined
}

/** Shows the login form. */
export function showLogin(visit: Visit, state: LoginState = {}): HttpResponse {
  const { ui, interaction, language } = visit
  const { username = interaction.loginHint ?? '', problem, ...differences } = state
  const registerUrl = ui.registerUrl(interaction.id)
  const cannotCreate = interaction.prompt === 'create' && registerUrl === undefined
  return answerVisit(visit, {
    name: 'login',
    content: ui.render.login({
      ...viewOf(visit),
      username,
      problem,
      hint: cannotCreate ? language.texts.cannotCreateAccount : undefined,
      registerUrl,
      mayCancel: mayCancel(visit),
    }),
    ...differences,
  })
}

function tooOften(seconds: number, texts: Texts): string {
  const minutes = Math.ceil(seconds / 60)
  if (minutes <= 1) return texts.loginTooOftenOneMinute
  return fill(texts.loginTooOften, { minutes: String(minutes) })
}

/** Signs a user in, or says on the login form why not. The password is never shown again. */
export async function answerLogin(visit: Visit, form: Form): Promise<HttpResponse> {
  const { ui, request, interaction, language } = visit
  const { loginThrottle, interactions } = ui.server
  const { texts } = language
  const username = form.get('username') ?? ''
  const password = form.get('password') ?? ''
  if (username === '' || password === '') {
    return showLogin(visit, { username, problem: texts.loginMissing, status: 422 })
  }

  const attempt = { username, remoteAddress: request.remoteAddress }
  const wait = await loginThrottle.begin(attempt)
  if (wait !== undefined) {
    const headers = { 'retry-after': String(Math.ceil(wait)) }
    return showLogin(visit, { username, problem: tooOften(wait, texts), status: 429, headers })
  }

  const login = await ui.authenticate({ username, password }, request)
  if (login === undefined) {
    return showLogin(visit, { username, problem: texts.loginWrong, status: 422 })
  }
  await loginThrottle.succeed(attempt)
  return seeOther(await interactions.login(interaction.id, login))
}
