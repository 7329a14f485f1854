import type { IssuerOptions } from '../options/resource-server-options.js'
import { idTokenClaims, rfc9068 } from '../tokens/token-shape.js'
import { readOptions } from './read-options.js'
import { readSegment } from './read-segment.js'

/** Which tenant of Auth0 issues tokens. */
export interface Auth0Options {
  /** `example.eu.auth0.com`, or your own domain. */
  readonly domain: string
}

/**
 * Trusts a tenant of Auth0, whichever of its token profiles the API has: its own, which has no `jti`, the client in `azp`
 * and the `typ` of ID tokens, or RFC 9068. The name of the resource has to be the identifier of the API at Auth0. Roles
 * and `permissions` are where your tenant puts them: `claim('permissions').includes('…')`.
 *
 * @throws ConfigurationError when the domain is none.
 */
export function auth0(options: Auth0Options): IssuerOptions {
  const { domain } = readOptions('auth0', options, 'domain')
  return {
    issuer: `https://${readSegment('auth0.domain', domain)}/`,
    tokenShape: {
      ...rfc9068,
      typ: ['JWT', ...rfc9068.typ],
      client: ['client_id', 'azp'],
      mayLack: ['jti'],
      forbidden: idTokenClaims,
      clientAsAudience: 'refused',
      isMachine: ({ subject, clientId }) =>
        subject === clientId || subject === `${String(clientId)}@clients`,
    },
  }
}
