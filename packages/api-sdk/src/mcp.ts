import { ConfigurationError } from '@bailiwick/protocol'
import type { ApiResourceName, ResourceDefinitions, ScopeNameOf } from '@bailiwick/protocol'
import type { IncomingMessage } from 'node:http'
import type { Auth } from './auth.js'
import type { ResourceServerOptions } from './options/resource-server-options.js'
import { createResourceServer } from './resource-server.js'
import type { ResourceServer } from './resource-server.js'

/** Options of an MCP server: those of a resource server, but for the profile, which is `mcp`. */
export type McpServerOptions<
  Definitions extends ResourceDefinitions = ResourceDefinitions,
  Name extends string = ApiResourceName<Definitions>,
  ClaimTypes extends object = object,
> = Omit<ResourceServerOptions<Definitions, Name, ClaimTypes>, 'profile'> & {
  readonly profile?: 'mcp'
}

/**
 * Who calls, as the TypeScript SDK of MCP tells handlers of tools (`extra.authInfo`): its `AuthInfo`. The names are those of
 * that SDK, and so is that its lists can be changed.
 */
export interface McpAuthInfo {
  /** The access token itself. It must not be passed on to other servers (MCP Authorization, Token Passthrough). */
  readonly token: string
  readonly clientId: string
  readonly scopes: string[]
  /** In seconds since 1970. */
  readonly expiresAt: number
  /** The MCP server, if the token names it as audience. */
  readonly resource?: URL
  readonly extra: {
    /** Who calls as this SDK knows it: subject, claims, and `has` and `require` for what one tool needs. */
    readonly auth: Auth
  }
}

/** What is needed of a guard of Express. */
interface McpGuard {
  readonly auth: (request: IncomingMessage) => Auth
}

/** A middleware for Express, behind a guard. */
export type McpMiddleware = (
  request: IncomingMessage,
  response: unknown,
  next: (error?: unknown) => void,
) => void

const misuse = (path: string, message: string): ConfigurationError =>
  new ConfigurationError([{ path, message }])

/**
 * Creates the side of an MCP server that decides which requests may pass, by MCP Authorization: `createResourceServer` with
 * `profile: 'mcp'`, for a resource that clients can find the metadata of.
 *
 * @example
 * ```ts
 * const api = createMcpResourceServer({ resource: 'https://mcp.example.com/mcp', issuers: 'https://id.example.com' })
 * ```
 * @throws ConfigurationError with everything that is wrong with the options; also when the name of the resource is no http(s) URL.
 */
export function createMcpResourceServer<
  const Definitions extends ResourceDefinitions = ResourceDefinitions,
  const Name extends ApiResourceName<Definitions> = ApiResourceName<Definitions>,
  ClaimTypes extends object = object,
>(
  options: McpServerOptions<Definitions, Name, ClaimTypes>,
): ResourceServer<ScopeNameOf<Definitions, Name>, ClaimTypes> {
  const { profile }: { readonly profile?: unknown } = options
  // For callers without a compiler: what they ask for may be weaker.
  if (profile !== undefined && profile !== 'mcp') {
    throw misuse('profile', "an MCP server follows 'mcp': remove it")
  }
  const api = createResourceServer<Definitions, Name, ClaimTypes>({ ...options, profile: 'mcp' })
  if (api.metadataUrl !== undefined) return api
  throw misuse('resource', 'clients find an MCP server by its metadata: an http(s) URL is needed')
}

/**
 * Tells the TypeScript SDK of MCP who calls. Transports of fetch runtimes take it as `authInfo`:
 * `transport.handleRequest(request, { authInfo: toAuthInfo(auth, api) })`.
 *
 * @throws ConfigurationError for a token that names no client, which only a `tokenShape` lets pass: that SDK needs one.
 */
export function toAuthInfo(auth: Auth, api: Pick<ResourceServer, 'metadata'>): McpAuthInfo {
  const { clientId, scopes, audience, token } = auth
  const { resource } = api.metadata
  if (clientId === undefined) {
    throw misuse('toAuthInfo', "a token names no client: 'client_id' must not be in mayLack")
  }
  return {
    token: token.expose(),
    clientId,
    scopes: [...scopes],
    expiresAt: token.expiresAt,
    ...(audience.includes(resource) && { resource: new URL(resource) }),
    extra: { auth },
  }
}

/**
 * Tells the transports of the TypeScript SDK of MCP who calls, on Express: they read `request.auth`. It takes the place of
 * `requireBearerAuth`, together with the guard before it.
 *
 * @example
 * ```ts
 * app.post('/mcp', guard('tools.call'), passAuthInfo(guard, api), (request, response) =>
 *   transport.handleRequest(request, response, request.body))
 * ```
 */
export function passAuthInfo(
  guard: McpGuard,
  api: Pick<ResourceServer, 'metadata'>,
): McpMiddleware {
  return (request, _response, next) => {
    Object.assign(request, { auth: toAuthInfo(guard.auth(request), api) })
    next()
  }
}
