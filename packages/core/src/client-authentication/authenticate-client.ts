import type { ServerContext } from '../context.js'
import type { RegisteredClient } from '../stores/client-store.js'
import { authenticate } from './authenticate.js'
import type { ClientAuthenticationInput, ClientAuthenticationMethod } from './method.js'

declare const brand: unique symbol

/** A client that proved its identity in this request. Only `authenticateClient` makes one. */
export type AuthenticatedClient = RegisteredClient & { readonly [brand]: 'AuthenticatedClient' }

/**
 * Finds out which client sends a request (RFC 6749 section 2.3).
 *
 * @throws OAuthError `invalid_client`, or `invalid_request` when the request uses several methods at once.
 */
export async function authenticateClient(
  methods: readonly ClientAuthenticationMethod[],
  input: ClientAuthenticationInput,
  context: Pick<ServerContext, 'clients' | 'now'>,
): Promise<AuthenticatedClient> {
  const client = await authenticate(methods, input, {
    find: async (clientId) => [await context.clients.find(clientId)],
    context,
  })
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the one place that brands a client
  return client as AuthenticatedClient
}
