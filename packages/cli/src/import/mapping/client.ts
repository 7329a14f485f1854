import type { Client } from '@bailiwick/core'
import type { Section } from '../sources/section.js'
import { mapClientClaims } from './client-claims.js'
import type { DraftEntry } from './draft.js'
import { given } from './given.js'
import { mapGrantTypes } from './grant-types.js'
import { readProperties } from './read-properties.js'
import type { Choices, PropertyReader } from './read-properties.js'
import { mapRefreshTokens } from './refresh-tokens.js'
import { reportDisabled } from './resource-members.js'
import { mapSecrets } from './secrets.js'
import { uncarriedClientProperties } from './uncarried-client-properties.js'
import { reportUncarried, reportUnknown } from './uncarried-properties.js'
import type { MappingContext } from './uncarried-properties.js'

const accessTokenTypes: Choices<'jwt' | 'reference'> = [
  ['Jwt', 0, 'jwt'],
  ['Reference', 1, 'reference'],
]

/** RFC 6749 section 4.1.2. */
const longestCodeLifetime = 600

/** IdentityServer's default, which is not ours. */
const codeLifetime = 300

function mapCodeLifetime(
  { count, path }: PropertyReader,
  grantTypes: readonly string[],
  { report }: MappingContext,
): number | undefined {
  const lifetime = count('AuthorizationCodeLifetime') ?? codeLifetime
  if (lifetime === codeLifetime && !grantTypes.includes('authorization_code')) return undefined
  if (lifetime <= longestCodeLifetime) return lifetime
  report('code-lifetime', {
    path: `${path}.AuthorizationCodeLifetime`,
    message: `${lifetime} seconds became ${longestCodeLifetime}`,
    fix: 'nothing to do, unless the client takes its time to redeem a code',
  })
  return longestCodeLifetime
}

function mapScopes({ list, path }: PropertyReader, { report }: MappingContext) {
  const listed = list('AllowedScopes')
  if (listed?.includes('offline_access') !== true) return listed
  report('offline-access-scope', {
    path: `${path}.AllowedScopes[${listed.indexOf('offline_access')}]`,
    message: 'offline_access is not among the scopes of the client',
    fix: 'nothing to do',
  })
  return listed.filter((scope) => scope !== 'offline_access')
}

/** A scheme that belongs to one application on a device. */
const isPrivateScheme = (uri: string): boolean => /^[a-z][a-z0-9+-]*\.[a-z0-9+.-]*:/i.test(uri)

function mapApplicationType(
  uris: readonly string[],
  { path }: PropertyReader,
  { report }: MappingContext,
): 'native' | undefined {
  const index = uris.findIndex(isPrivateScheme)
  if (index < 0) return undefined
  report('application-type', {
    path: `${path}.RedirectUris[${index}]`,
    message: 'the scheme is one of an installed application',
    fix: 'nothing to do',
  })
  return 'native'
}

/** Set to nothing it is no prefix, which is not what it is without being set. */
function mapPrefix({ property, text }: PropertyReader): string | undefined {
  const prefix = text('ClientClaimsPrefix')
  const found = property('ClientClaimsPrefix')
  if (found === undefined || found.children.length > 0 || prefix === 'client_') return undefined
  return prefix ?? ''
}

const displayMembers = ({ text }: PropertyReader) => ({
  clientName: text('ClientName'),
  clientUri: text('ClientUri'),
  logoUri: text('LogoUri'),
})

const tokenMembers = ({ count, choice, flag }: PropertyReader) => ({
  accessTokenLifetime: count('AccessTokenLifetime', 3600),
  accessTokenType: choice('AccessTokenType', accessTokenTypes, 'jwt'),
  identityTokenLifetime: count('IdentityTokenLifetime', 300),
  alwaysIncludeUserClaimsInIdToken: flag('AlwaysIncludeUserClaimsInIdToken', false),
})

const consentMembers = ({ count, flag }: PropertyReader) => ({
  requireConsent: flag('RequireConsent', false),
  allowRememberConsent: flag('AllowRememberConsent', true),
  consentLifetime: count('ConsentLifetime'),
  userSsoLifetime: count('UserSsoLifetime'),
})

const logoutMembers = ({ text, flag }: PropertyReader) => ({
  backChannelLogoutUri: text('BackChannelLogoutUri'),
  frontChannelLogoutUri: text('FrontChannelLogoutUri'),
  frontChannelLogoutSessionRequired: flag('FrontChannelLogoutSessionRequired', true),
})

const claimMembers = (reader: PropertyReader, { report }: MappingContext) => ({
  claims: mapClientClaims(reader.entries('Claims'), report),
  alwaysSendClientClaims: reader.flag('AlwaysSendClientClaims', false),
  clientClaimsPrefix: mapPrefix(reader),
})

/** Algorithms that do not exist here are found by the check of the result. */
type Algorithms = Client['allowedIdentityTokenSigningAlgorithms']

function authorizationMembers(
  reader: PropertyReader,
  grantTypes: readonly string[],
  context: MappingContext,
) {
  const { list, flag } = reader
  const redirectUris = list('RedirectUris')
  return {
    applicationType: mapApplicationType(redirectUris ?? [], reader, context),
    redirectUris,
    postLogoutRedirectUris: list('PostLogoutRedirectUris'),
    allowedCorsOrigins: list('AllowedCorsOrigins'),
    requirePkce: flag('RequirePkce', true),
    authorizationCodeLifetime: mapCodeLifetime(reader, grantTypes, context),
  }
}

function toClient(reader: PropertyReader, context: MappingContext): Client {
  const { text, flag, list } = reader
  const requireClientSecret = flag('RequireClientSecret', true)
  const allowOfflineAccess = flag('AllowOfflineAccess', false)
  const conditions = {
    isPublic: requireClientSecret === false,
    allowOfflineAccess: allowOfflineAccess === true,
  }
  const allowedGrantTypes = mapGrantTypes(reader, conditions, context.report)
  return {
    clientId: text('ClientId') ?? '',
    ...given({
      ...displayMembers(reader),
      enabled: flag('Enabled', true),
      clientSecrets: mapSecrets(reader.entries('ClientSecrets'), context.report),
      requireClientSecret,
    }),
    allowedGrantTypes,
    ...given({
      ...authorizationMembers(reader, allowedGrantTypes, context),
      allowedScopes: mapScopes(reader, context),
      allowOfflineAccess,
      ...tokenMembers(reader),
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see Algorithms
      allowedIdentityTokenSigningAlgorithms: list(
        'AllowedIdentityTokenSigningAlgorithms',
      ) as Algorithms,
      ...mapRefreshTokens(
        reader,
        { ...conditions, isRefreshed: allowedGrantTypes.includes('refresh_token') },
        context,
      ),
      ...consentMembers(reader),
      ...claimMembers(reader, context),
      ...logoutMembers(reader),
      properties: reader.pairs('Properties'),
    }),
  }
}

/** Whether it speaks another protocol than OpenID Connect, of which nothing here knows. */
function isForeign({ path, text }: PropertyReader, { report }: MappingContext): boolean {
  const protocol = text('ProtocolType') ?? 'oidc'
  if (protocol === 'oidc') return false
  report('left-out', {
    path: `${path}.ProtocolType`,
    message: `the client speaks '${protocol}'`,
    fix: 'keep another server for it',
  })
  return true
}

/** Maps a `Client`, unless it is one of another protocol. */
export function mapClient(source: Section, context: MappingContext): readonly DraftEntry<Client>[] {
  const reader = readProperties(source, context.report)
  if (isForeign(reader, context)) return []
  const value = toClient(reader, context)
  const comment = reader.text('Description')
  // What it asks for is what always happens here.
  reader.flag('UpdateAccessTokenClaimsOnRefresh', false)
  reportUncarried(uncarriedClientProperties, reader, context)
  reportUnknown(reader, context.report)
  reportDisabled(value, source, context)
  return [{ value, source, ...given({ comment }) }]
}
