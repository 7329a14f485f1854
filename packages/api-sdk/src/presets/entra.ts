import type { IssuerOptions } from '../options/resource-server-options.js'
import { idTokenClaims, rfc9068 } from '../tokens/token-shape.js'
import { reject } from '../requirements/requirement.js'
import { readSegment } from './read-segment.js'

/** Which tenant of Microsoft Entra ID issues tokens, and for which API. */
export interface EntraOptions {
  /** A GUID in lower case. `common` and `organizations` are none: their tokens name the tenant of the user. */
  readonly tenantId: string
  /**
   * The application (client) id of the API, which is the audience of its tokens.
   *
   * @defaultValue none: the `audience` of the resource server counts
   */
  readonly clientId?: string
  /**
   * Of which version the tokens are: what the manifest of the API calls `requestedAccessTokenVersion`, where `null` is 1.
   *
   * @defaultValue `'2.0'`
   */
  readonly version?: '1.0' | '2.0'
}

const isGuid = (value: unknown): boolean =>
  typeof value === 'string' && /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(value)

const versions = {
  '1.0': {
    client: 'appid',
    issuerOf: (tenant: string) => `https://sts.windows.net/${tenant}/`,
    metadataOf: (tenant: string) =>
      `https://login.microsoftonline.com/${tenant}/.well-known/openid-configuration`,
    // In version 1 it depends on how the client named the API.
    audienceOf: (clientId: string) => [clientId, `api://${clientId}`] as const,
  },
  '2.0': {
    client: 'azp',
    issuerOf: (tenant: string) => `https://login.microsoftonline.com/${tenant}/v2.0`,
    metadataOf: (tenant: string) =>
      `https://login.microsoftonline.com/${tenant}/v2.0/.well-known/openid-configuration`,
    audienceOf: (clientId: string) => [clientId] as const,
  },
}

/**
 * Trusts a tenant of Microsoft Entra ID: its tokens have the `typ` of ID tokens, the client in `azp` (version 1: `appid`),
 * no `jti`, and `scp` only when there is a user.
 *
 * @throws ConfigurationError when the tenant, the API or the version is none.
 */
export function entra({ tenantId, clientId, version = '2.0' }: EntraOptions): IssuerOptions {
  if (!isGuid(tenantId)) reject('entra.tenantId', 'a GUID is needed, as it stands in tokens')
  const known = Object.hasOwn(versions, version) ? version : undefined
  if (known === undefined) reject('entra.version', "'1.0' or '2.0' is needed")
  const { client, issuerOf, metadataOf, audienceOf } = versions[known]
  return {
    issuer: issuerOf(tenantId),
    metadataUrl: metadataOf(tenantId),
    ...(clientId !== undefined && {
      audience: audienceOf(readSegment('entra.clientId', clientId)),
    }),
    tokenShape: {
      ...rfc9068,
      typ: ['JWT'],
      client: [client],
      mayLack: ['jti'],
      forbidden: idTokenClaims,
      expected: { ver: [version] },
      isMachine: ({ claims }) => claims['scp'] === undefined,
    },
  }
}
