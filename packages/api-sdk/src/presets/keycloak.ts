import type { IssuerOptions } from '../options/resource-server-options.js'
import { rfc9068 } from '../tokens/token-shape.js'
import { readOptions } from './read-options.js'
import { readSegment } from './read-segment.js'
import { readText } from './read-text.js'

/** Which realm of Keycloak issues tokens. */
export interface KeycloakOptions {
  /** Where Keycloak is, as its clients see it: `https://sso.example.com`, in old versions with `/auth` at the end. */
  readonly url: string
  readonly realm: string
  /**
   * The client that stands for this API at Keycloak, whose roles then count. Its name has to be the name of the resource or
   * the `audience`, and tokens need a mapper that puts it there.
   *
   * @defaultValue none: the roles of the realm count
   */
  readonly clientId?: string
}

/**
 * Trusts a realm of Keycloak: the header of its tokens has the `typ` of ID tokens, but their payload has one that tells;
 * the client is in `azp`. Tokens of service accounts are told by the `client_id` that Keycloak maps into them.
 *
 * @throws ConfigurationError when the address, the realm or the client is none.
 */
export function keycloak(options: KeycloakOptions): IssuerOptions {
  const { url: address, realm, clientId } = readOptions('keycloak', options, 'url and realm')
  const url = readText('keycloak.url', address)
  const base = url.endsWith('/') ? url.slice(0, -1) : url
  const roles =
    clientId === undefined
      ? (['realm_access', 'roles'] as const)
      : (['resource_access', readText('keycloak.clientId', clientId), 'roles'] as const)
  return {
    issuer: `${base}/realms/${readSegment('keycloak.realm', realm)}`,
    tokenShape: {
      ...rfc9068,
      typ: ['JWT', ...rfc9068.typ],
      client: ['azp'],
      // Not nonce, which old versions repeat in access tokens.
      forbidden: ['at_hash', 'c_hash'],
      expected: { typ: ['Bearer', 'DPoP'] },
      roles: [roles],
      isMachine: ({ clientId: client, claims }) =>
        client !== undefined && (claims['client_id'] ?? claims['clientId']) === client,
    },
  }
}
