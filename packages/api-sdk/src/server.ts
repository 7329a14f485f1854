import type { ApiResourceName, ResourceDefinitions } from '@bailiwick/protocol'
import type { LocalIssuer } from './local/local-issuer.js'
import type { IssuerOptions, ResourceServerOptions } from './options/resource-server-options.js'

export type { LocalIssuer } from './local/local-issuer.js'

/** What is needed of an authorization server in this process. That of `createAuthorizationServer` has it. */
export interface ServerInProcess<Definitions extends ResourceDefinitions = ResourceDefinitions> {
  readonly issuer: string
  readonly resources: Definitions
  /** Rejects while the server cannot read its keys. */
  readonly ready: () => Promise<void>
  /** Throws when the server does not know the API. */
  readonly forApi: (api: string) => Omit<LocalIssuer, 'ready'>
}

/** Which API is guarded. */
export interface FromServerOptions<Name extends string = string> {
  /** The name of its API resource. */
  readonly api: Name
}

/** Options of `createResourceServer` for an API in the process of its authorization server. */
export interface LocalResourceServerOptions<
  Definitions extends ResourceDefinitions = ResourceDefinitions,
  Name extends string = ApiResourceName<Definitions>,
> extends ResourceServerOptions<Definitions, Name> {
  readonly issuers: IssuerOptions
  readonly resources: Definitions
}

/**
 * Makes the options of `createResourceServer` for an API that lives in the same process as its authorization server: no
 * HTTP, no secret, no JWKS. A key is known as soon as it signs and refused as soon as it is revoked, and so are reference
 * tokens. Spread them to add others: with `tokens: 'introspection'` revoked JWTs are refused at once too.
 *
 * @example
 * ```ts
 * const api = createResourceServer(fromServer(server, { api: 'urn:invoices' }))
 * ```
 * @throws ConfigurationError when the server has no such API.
 */
export function fromServer<
  Definitions extends ResourceDefinitions,
  const Name extends ApiResourceName<Definitions>,
>(
  server: ServerInProcess<Definitions>,
  { api }: FromServerOptions<Name>,
): LocalResourceServerOptions<Definitions, Name> {
  const { issuer, resources, ready } = server
  return {
    resource: api,
    resources,
    issuers: { issuer, local: { ready, ...server.forApi(api) } },
  }
}
