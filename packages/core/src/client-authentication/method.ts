import type { HttpRequest } from '@bailiwick/protocol'
import type { ServerContext } from '../context.js'
import type { Parameters } from '../http/parameters.js'
import type { RegisteredClient } from '../stores/client-store.js'

/** What a client authentication method looks at. */
export interface ClientAuthenticationInput {
  readonly request: HttpRequest
  readonly parameters: Parameters
}

/** What a client is recognised by. */
export type ClientIdentity = Pick<RegisteredClient, 'clientId' | 'secrets' | 'isConfidential'>

/** Who a client claims to be, and how to find out whether it is. */
export interface ClientCredentials {
  readonly clientId: string
  /**
   * Tells whether the credentials are those of the client. It is also called for clients that do not exist, with one
   * made up, and must do the same work for it: else the time it takes would tell which clients exist.
   */
  readonly prove: (
    client: ClientIdentity,
    context: Pick<ServerContext, 'now'>,
  ) => boolean | Promise<boolean>
}

/** One way for a client to authenticate. */
export interface ClientAuthenticationMethod {
  /** Its name in the IANA registry of OAuth Token Endpoint Authentication Methods. */
  readonly name: string
  /** The challenge for a client that tried this method in vain, if it uses the `Authorization` header. */
  readonly challenge?: string
  /** Reads the credentials, or returns `undefined` when the request does not attempt this method. */
  readonly read: (input: ClientAuthenticationInput) => ClientCredentials | undefined
}
