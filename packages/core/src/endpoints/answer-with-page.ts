import { safeText } from '@bailiwick/protocol'
import { AuthorizationError } from '../authorization/authorization-error.js'
import { respondTo } from '../authorization/redirect-target.js'
import type { ServerContext } from '../context.js'
import { withCookies } from '../http/cookies.js'
import { preferredLocales } from '../http/preferred-locales.js'
import type { Endpoint } from './endpoint.js'

/** How endpoints for browsers answer failures: to the client where it is known, with a page where it is not. */
export function answerWithPage(context: ServerContext): NonNullable<Endpoint['answerError']> {
  return (error, request) => {
    const description = safeText(error.message)
    if (error instanceof AuthorizationError) {
      const parameters = [
        ['error', error.code],
        ['error_description', description],
      ] as const
      return withCookies(respondTo(error.target, parameters, context), [error.setCookie])
    }
    const { code, status, headers } = error
    const uiLocales = preferredLocales(request)
    const page = context.pages.error({ error: code, description, status, uiLocales })
    return { ...page, headers: { ...page.headers, ...headers } }
  }
}
