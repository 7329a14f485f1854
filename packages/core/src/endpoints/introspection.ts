import { authenticateCaller, provingMethods } from '../client-authentication/authenticate-caller.js'
import type { ClientAuthenticationMethod } from '../client-authentication/method.js'
import type { ServerContext } from '../context.js'
import { readFormParameters } from '../http/parameters.js'
import { errorResponse } from '../http/responses.js'
import { introspect } from '../tokens/introspect.js'
import type { Endpoint } from './endpoint.js'
import { introspectionResponse } from './introspection-response.js'
import { readPresentedToken } from './read-presented-token.js'

/** Every 401 has a challenge (RFC 9110 section 11.6.1), also for who has sent no credentials in a header. */
function answerWithChallenge(
  methods: readonly ClientAuthenticationMethod[],
): NonNullable<Endpoint['answerError']> {
  const challenges = methods.flatMap(({ challenge }) => challenge ?? [])
  return (error) => {
    const response = errorResponse(error)
    if (error.status !== 401 || challenges.length === 0) return response
    return { ...response, headers: { ...response.headers, 'www-authenticate': challenges } }
  }
}

/** Where APIs and clients ask about tokens (RFC 7662). */
export function introspectionEndpoint(
  methods: readonly ClientAuthenticationMethod[],
  context: ServerContext,
): Endpoint {
  return {
    methods: ['POST'],
    cors: 'none',
    path: context.paths.introspect,
    metadata: (url) => ({
      introspection_endpoint: url,
      introspection_endpoint_auth_methods_supported: provingMethods(methods).map(
        ({ name }) => name,
      ),
      introspection_signing_alg_values_supported: context.signer.algorithms,
    }),
    async handle(request) {
      const parameters = await readFormParameters(request)
      const reader = await authenticateCaller(methods, { request, parameters }, context)
      const introspection = await introspect(readPresentedToken(parameters), reader, context)
      return introspectionResponse(introspection, { request, reader }, context)
    },
    answerError: answerWithChallenge(methods),
  }
}
