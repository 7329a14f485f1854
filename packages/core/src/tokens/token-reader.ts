import type { RegisteredClient } from '../stores/client-store.js'
import type { RegisteredApi } from '../stores/resource-index.js'

/** Who asks about a token: an API that was presented with it, or a client that has it. */
export type TokenReader =
  | { readonly kind: 'api'; readonly api: RegisteredApi }
  | { readonly kind: 'client'; readonly client: RegisteredClient }

/** The name with which it authenticates. */
export const nameOfReader = (reader: TokenReader): string =>
  reader.kind === 'api' ? reader.api.apiResource.name : reader.client.clientId
