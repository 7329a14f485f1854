import { tellingClient } from '../authorization/authorization-error.js'
import { authorize } from '../authorization/authorize.js'
import { findSession } from '../authorization/browser-session.js'
import { isPostedElsewhere, postAgain } from '../authorization/post-again.js'
import { readRedirectTarget } from '../authorization/redirect-target.js'
import { readAuthorizationRequest } from '../authorization/request/authorization-request.js'
import { responseTypes } from '../authorization/request/check-response-type.js'
import { codeChallengeMethods } from '../authorization/request/read-code-challenge.js'
import { displayValues } from '../authorization/request/read-display.js'
import { promptValues } from '../authorization/request/read-prompts.js'
import { responseModes } from '../authorization/response-modes/index.js'
import type { ServerContext } from '../context.js'
import { recogniseBrowser } from '../http/browser.js'
import { readQueryOrForm } from '../http/read-query-or-form.js'
import { urlBelow } from '../issuer-url.js'
import { answerWithPage } from './answer-with-page.js'
import type { Endpoint } from './endpoint.js'

/** The authorization endpoint (RFC 6749 section 3.1, OpenID Connect Core 1.0 section 3.1.2). */
export function authorizationEndpoint(context: ServerContext): Endpoint {
  return {
    methods: ['GET', 'POST'],
    cors: 'none',
    path: context.paths.authorize,
    metadata: (url) => ({
      authorization_endpoint: url,
      response_types_supported: responseTypes,
      response_modes_supported: responseModes.map(({ name }) => name),
      code_challenge_methods_supported: codeChallengeMethods,
      prompt_values_supported: promptValues,
      display_values_supported: displayValues,
      claims_parameter_supported: true,
      request_parameter_supported: false,
      request_uri_parameter_supported: false,
      authorization_response_iss_parameter_supported: true,
    }),
    async handle(request) {
      const { form, parameters } = await readQueryOrForm(request)
      const target = await readRedirectTarget(parameters, context)
      return tellingClient(target, async () => {
        const session = await findSession(request, context)
        if (session === undefined && isPostedElsewhere(request)) {
          return postAgain(urlBelow(context.issuer, context.paths.authorize), form)
        }
        const attempt = {
          request: await readAuthorizationRequest(target, parameters, context),
          session,
          progress: {},
          form,
          browser: recogniseBrowser(request, context),
        }
        return authorize(attempt, context)
      })
    },
    answerError: answerWithPage(context),
  }
}
