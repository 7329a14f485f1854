import type { ApiScope, IdentityResource } from '@bailiwick/protocol'
import type { ServerContext } from '../context.js'
import { publicJson } from '../http/responses.js'
import { urlBelow } from '../issuer-url.js'
import type { Endpoint } from './endpoint.js'

const shown = <Resource extends { readonly showInDiscoveryDocument?: boolean }>(
  resources: readonly Resource[],
): readonly Resource[] =>
  resources.filter(({ showInDiscoveryDocument = true }) => showInDiscoveryDocument)

const isUrl = (name: string): boolean => /^https?:/i.test(name) && URL.canParse(name)

/** What the configured resources add to the metadata. */
function resourceMetadata({ resources }: ServerContext): Readonly<Record<string, unknown>> {
  const scopes: readonly (IdentityResource | ApiScope)[] = [
    ...shown(resources.identityResources),
    ...shown(resources.apiScopes),
  ]
  const apiResources = shown(resources.apiResources)
  const claims = [...scopes, ...apiResources].flatMap(({ userClaims = [] }) => userClaims)
  const urls = apiResources.map(({ name }) => name).filter(isUrl)
  return {
    scopes_supported: [...scopes.map(({ name }) => name), 'offline_access'],
    claims_supported: [...new Set(claims)],
    // RFC 9728 section 4.
    ...(urls.length > 0 && { protected_resources: urls }),
  }
}

/**
 * The two discovery documents, OpenID Connect Discovery and RFC 8414, with the same content: what the endpoints say
 * of themselves. An issuer with a path has them in both forms, below its path and with its path appended to the
 * well-known one.
 */
export function metadataEndpoints(
  context: ServerContext,
  endpoints: readonly Endpoint[],
): readonly Endpoint[] {
  const { issuer } = context
  const { pathname } = new URL(issuer)
  const members = endpoints.flatMap(({ path, metadata }) =>
    Object.entries(metadata(urlBelow(issuer, path))),
  )
  const document = {
    issuer,
    ...Object.fromEntries(members),
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: context.signer.algorithms,
    ...resourceMetadata(context),
  }
  return ['openid-configuration', 'oauth-authorization-server'].map((name) => ({
    methods: ['GET'],
    cors: 'public',
    path: `/.well-known/${name}`,
    rootPaths: [urlBelow(`/.well-known/${name}${pathname}`, '')],
    metadata: () => ({}),
    handle: async () => publicJson(document, { maxAge: 300 }),
  }))
}
