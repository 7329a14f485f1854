import type { ServerContext } from '../context.js'
import { publicJson } from '../http/responses.js'
import type { Endpoint } from './endpoint.js'

/** The JWK Set with the public keys (RFC 7517 section 5). */
export function jwksEndpoint(path: string, { signer }: ServerContext): Endpoint {
  return {
    methods: ['GET'],
    cors: 'public',
    path,
    metadata: (url) => ({ jwks_uri: url }),
    handle: async () => publicJson(await signer.jwks(), { maxAge: signer.jwksMaxAge }),
  }
}
