import type { ServerContext } from '../context.js'
import type { RegisteredClient } from '../stores/client-store.js'
import type { RegisteredApi } from '../stores/resource-index.js'
import type { TokenReader } from '../tokens/token-reader.js'
import { authenticate } from './authenticate.js'
import type {
  ClientAuthenticationInput,
  ClientAuthenticationMethod,
  ClientIdentity,
} from './method.js'

type Party = ClientIdentity & TokenReader

const apiParty = (api: RegisteredApi): Party => ({
  kind: 'api',
  api,
  clientId: api.apiResource.name,
  secrets: api.secrets,
  isConfidential: true,
})

const clientParty = (client: RegisteredClient): Party => ({
  kind: 'client',
  client,
  clientId: client.clientId,
  secrets: client.secrets,
  isConfidential: client.isConfidential,
})

/** The methods of those that prove something: who only names itself is told of no token (RFC 7662 section 2.1). */
export const provingMethods = (
  methods: readonly ClientAuthenticationMethod[],
): readonly ClientAuthenticationMethod[] => methods.filter(({ name }) => name !== 'none')

/**
 * Finds out which API asks about a token, by its name and one of its secrets, or else which client.
 *
 * @throws OAuthError `invalid_client`, or `invalid_request` when the request uses several methods at once.
 */
export function authenticateCaller(
  methods: readonly ClientAuthenticationMethod[],
  input: ClientAuthenticationInput,
  context: Pick<ServerContext, 'clients' | 'resources' | 'now'>,
): Promise<TokenReader> {
  return authenticate(provingMethods(methods), input, {
    async find(name) {
      const api = context.resources.apis.get(name)
      const client = await context.clients.find(name)
      return [api && apiParty(api), client && clientParty(client)]
    },
    context,
  })
}
