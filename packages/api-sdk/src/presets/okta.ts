import type { IssuerOptions } from '../options/resource-server-options.js'
import { idTokenClaims, rfc9068 } from '../tokens/token-shape.js'
import { readOptions } from './read-options.js'
import { readSegment } from './read-segment.js'
import { readText } from './read-text.js'

/** Which authorization server of Okta issues tokens. */
export interface OktaOptions {
  /** `example.okta.com`, or your own domain. */
  readonly domain: string
  /**
   * A custom authorization server: the one of the organization issues tokens for Okta itself.
   *
   * @defaultValue `'default'`
   */
  readonly authorizationServerId?: string
  /**
   * The audience that the authorization server is set to, e.g. `api://default`.
   *
   * @defaultValue the `audience` of the resource server
   */
  readonly audience?: string
}

/**
 * Trusts a custom authorization server of Okta: the header of its tokens has no `typ`, the client is in `cid`, and `uid`
 * is only there when a user is.
 *
 * @throws ConfigurationError when the domain, the authorization server or the audience is none.
 */
export function okta(options: OktaOptions): IssuerOptions {
  const {
    domain,
    authorizationServerId = 'default',
    audience,
  } = readOptions('okta', options, 'domain')
  const host = readSegment('okta.domain', domain)
  const server = readSegment('okta.authorizationServerId', authorizationServerId)
  return {
    issuer: `https://${host}/oauth2/${server}`,
    ...(audience !== undefined && { audience: readText('okta.audience', audience) }),
    tokenShape: {
      ...rfc9068,
      typ: [undefined, ...rfc9068.typ],
      client: ['cid'],
      forbidden: idTokenClaims,
      clientAsAudience: 'refused',
      isMachine: ({ claims }) => claims['uid'] === undefined,
    },
  }
}
