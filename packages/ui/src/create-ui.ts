import type { HttpHandler, HttpRequest, HttpResponse } from '@bailiwick/protocol'
import { answerFailure } from './answer-failure.js'
import { answerGrants } from './grants/answer-grants.js'
import { answerAsset } from './http/answer-asset.js'
import { pathsBelowIssuer } from './http/paths-below-issuer.js'
import { answerInteraction } from './interaction/answer-interaction.js'
import { PageFailure } from './page-failure.js'
import { stylesheetName } from './site.js'
import { resolveUi } from './ui.js'
import type { Ui } from './ui.js'
import type { UiOptions } from './ui-options.js'

/** A page that a path belongs to. */
interface Route {
  readonly methods: readonly string[]
  readonly answer: (request: HttpRequest) => Promise<HttpResponse>
}

const readOnly = ['GET', 'HEAD'] as const
const readAndSend = ['GET', 'HEAD', 'POST'] as const

function routeOf(path: string, ui: Ui): Route | undefined {
  const { site, interactionPath, grantsPath } = ui
  if (path === grantsPath) {
    return { methods: readAndSend, answer: (request) => answerGrants(request, ui) }
  }
  if (!path.startsWith(`${interactionPath}/`)) return undefined
  const id = path.slice(interactionPath.length + 1)
  if (id === '' || id.includes('/')) return undefined
  if (id === stylesheetName) {
    const { stylesheet } = site
    return { methods: readOnly, answer: async (request) => answerAsset(request, stylesheet) }
  }
  return { methods: readAndSend, answer: (request) => answerInteraction(id, request, ui) }
}

function checkMethod({ methods }: Route, { method }: HttpRequest): void {
  if (methods.includes(method)) return
  throw new PageFailure('wrongMethod', { headers: { allow: methods.join(', ') } })
}

/**
 * Creates the pages on which users sign in, choose an account, consent, sign out, and see and take back what they
 * allowed. Mount it beside the server, at the same origin: `app.use(bailiwick(createUi({ server, authenticate })))`.
 * Requests for anything else are left to the application.
 *
 * @throws ConfigurationError with everything that is wrong with the options.
 */
export function createUi(options: UiOptions): HttpHandler {
  const ui = resolveUi(options)

  return async (request) => {
    const route = pathsBelowIssuer(request, ui.site)
      .map((path) => routeOf(path, ui))
      .find((found) => found !== undefined)
    if (route === undefined) return undefined
    try {
      checkMethod(route, request)
      return await route.answer(request)
    } catch (error) {
      return answerFailure(error, request, ui)
    }
  }
}
