import type { IssuerOptions, NonEmpty } from '../options/resource-server-options.js'
import { idTokenClaims, rfc9068 } from '../tokens/token-shape.js'
import { reject } from '../requirements/requirement.js'
import { readOptions } from './read-options.js'
import { readSegment } from './read-segment.js'

/** Which API of Microsoft Entra ID tokens are for, and of which version they are. */
export interface EntraApiOptions {
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

/** Which tenant of Microsoft Entra ID issues tokens, and for which API. */
export interface EntraOptions extends EntraApiOptions {
  /** A GUID in lower case. `common` and `organizations` are none: their tokens name the tenant of the user. */
  readonly tenantId: string
}

/** Which tenants of Microsoft Entra ID issue tokens, and for which API. */
export interface EntraTenantsOptions extends EntraApiOptions {
  /** Every tenant whose tokens are accepted, each a GUID in lower case. There is no way to accept any tenant. */
  readonly tenantIds: NonEmpty<string>
}

const isGuid = (value: unknown): value is string =>
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

function readVersion(version: unknown): keyof typeof versions {
  if (version === '1.0' || version === '2.0') return version
  return reject('entra.version', "'1.0' or '2.0' is needed")
}

function trustTenant(
  tenantId: unknown,
  path: string,
  { clientId, version = '2.0' }: EntraApiOptions,
): IssuerOptions {
  if (!isGuid(tenantId))
    reject(path, 'a GUID in lower case is needed, and neither common nor a domain')
  const { client, issuerOf, metadataOf, audienceOf } = versions[readVersion(version)]
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
      expected: { ver: [version], tid: [tenantId] },
      isMachine: ({ claims }) => claims['scp'] === undefined,
    },
  }
}

function trustTenants(tenantIds: unknown, options: EntraApiOptions): NonEmpty<IssuerOptions> {
  const list: readonly string[] = Array.isArray(tenantIds) ? tenantIds : []
  const [first, ...others] = list.map((tenantId, index) =>
    trustTenant(tenantId, `entra.tenantIds[${index}]`, options),
  )
  return first === undefined
    ? reject('entra.tenantIds', 'a list with at least one tenant is needed')
    : [first, ...others]
}

/**
 * Trusts a tenant of Microsoft Entra ID: its tokens have the `typ` of ID tokens, the client in `azp` (version 1: `appid`),
 * no `jti`, and `scp` only when there is a user. Their `tid` has to be the tenant of their issuer.
 *
 * With `tenantIds` it returns a list: each tenant is an issuer of its own, with keys of its own, and `issuers` takes the
 * list as it is or spread among others. A token of a tenant that is not in the list causes no request.
 *
 * @throws ConfigurationError when a tenant, the API or the version is none, and for `tenantId` beside `tenantIds`.
 */
export function entra(options: EntraOptions): IssuerOptions
export function entra(options: EntraTenantsOptions): NonEmpty<IssuerOptions>
export function entra(
  options: EntraOptions | EntraTenantsOptions,
): IssuerOptions | NonEmpty<IssuerOptions> {
  const given: EntraApiOptions & Partial<EntraOptions & EntraTenantsOptions> = readOptions(
    'entra',
    options,
    'tenantId or tenantIds',
  )
  const { tenantId, tenantIds } = given
  if (tenantIds === undefined) return trustTenant(tenantId, 'entra.tenantId', given)
  if (tenantId !== undefined) {
    reject('entra.tenantId', 'it is not used beside tenantIds: remove one')
  }
  return trustTenants(tenantIds, given)
}
