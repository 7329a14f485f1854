import { authenticateClient } from '../client-authentication/authenticate-client.js'
import type { ClientAuthenticationMethod } from '../client-authentication/method.js'
import type { ServerContext } from '../context.js'
import { readFormParameters } from '../http/parameters.js'
import { json } from '../http/responses.js'
import { revokePresentedToken } from '../tokens/revoke-presented-token.js'
import type { Endpoint } from './endpoint.js'
import { readPresentedToken } from './read-presented-token.js'

/** Where clients give back tokens that they do not need any more (RFC 7009). */
export function revocationEndpoint(
  methods: readonly ClientAuthenticationMethod[],
  context: ServerContext,
): Endpoint {
  return {
    methods: ['POST'],
    cors: 'clients',
    path: context.paths.revoke,
    metadata: (url) => ({
      revocation_endpoint: url,
      revocation_endpoint_auth_methods_supported: methods.map(({ name }) => name),
    }),
    async handle(request) {
      const parameters = await readFormParameters(request)
      const client = await authenticateClient(methods, { request, parameters }, context)
      const credential = await revokePresentedToken(readPresentedToken(parameters), client, context)
      if (credential !== undefined) {
        context.emit({ type: 'token_revoked', credential, clientId: client.clientId })
      }
      return json({})
    },
  }
}
