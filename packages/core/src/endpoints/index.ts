import type { ServerContext } from '../context.js'
import type { Endpoint } from './endpoint.js'
import { jwksEndpoint } from './jwks.js'
import { metadataEndpoints } from './metadata.js'
import { tokenEndpoint } from './token.js'
import type { TokenEndpointOptions } from './token.js'

/** Where the endpoints are, below the issuer. */
export interface EndpointPaths {
  /** @defaultValue `'/token'` */
  readonly token?: string
  /** @defaultValue `'/.well-known/jwks.json'` */
  readonly jwks?: string
}

/** What the endpoints need beyond the context. */
export interface EndpointOptions extends Omit<TokenEndpointOptions, 'path'> {
  readonly paths: Required<EndpointPaths>
}

/** Every endpoint of the server. Discovery is made from what the others say of themselves. */
export function createEndpoints(
  { paths, ...offered }: EndpointOptions,
  context: ServerContext,
): readonly Endpoint[] {
  const endpoints = [
    tokenEndpoint({ ...offered, path: paths.token }, context),
    jwksEndpoint(paths.jwks, context),
  ]
  return [...endpoints, ...metadataEndpoints(context, endpoints)]
}
