import { isResourceIndicator, safeText } from '@bailiwick/protocol'
import type { ConfigurationProblem } from '@bailiwick/protocol'
import type { CookieSourceOptions, SourceOptions } from '../credentials/token-sources.js'
import type { ChallengeOptions } from '../errors/challenges.js'
import { isRecord } from '../is-record.js'
import type { MetadataPlace } from '../metadata/metadata-response.js'
import type { LocalIssuer } from '../local/local-issuer.js'
import { isWebResource } from '../metadata/metadata-url.js'
import type { MetadataOptions } from '../metadata/protected-resource-metadata.js'
import type { RevocationOptions } from '../revocation/revocation-check.js'
import { isSecureUrl } from '../secure-url.js'
import { dangerouslySkip } from '../tokens/audience.js'
import { accessTokenAlgorithms, isAccessTokenAlgorithm } from '../tokens/algorithms.js'
import type { VerifiedCacheOptions } from '../tokens/verified-cache.js'
import { clientAuth } from './check-client-auth.js'
import { limits } from './check-limits.js'
import {
  callable,
  check,
  fieldName,
  flag,
  listOf,
  members,
  oneOf,
  optional,
  seconds,
  text,
  wholeNumber,
  withMethods,
} from './checks.js'
import type { Check } from './checks.js'
import { tokenShape } from './check-token-shape.js'
import { profiles } from './profiles.js'
import { dpop, mtls, publicOrigin } from './check-sender-constraints.js'
import type {
  IntrospectionOptions,
  IssuerOptions,
  JwksOptions,
  ResourceServerOptions,
  TokenKinds,
} from './resource-server-options.js'

type ChecksOf<Options> = { readonly [Name in keyof Options]-?: Check }

const isUrl = (value: unknown): value is string => typeof value === 'string' && isSecureUrl(value)

const url = check(
  isUrl,
  'an https URL is needed; http only works on 127.0.0.1, [::1] and localhost',
)

const issuerUrl = check(
  (value) => isUrl(value) && !value.includes('?'),
  'an https URL without query is needed; http only works on 127.0.0.1, [::1] and localhost',
)

const challengeText = check(
  (value) => typeof value === 'string' && value !== '' && safeText(value) === value,
  'a text of printable ASCII without " and \\ is needed, because challenges hold it',
)

const webResource = check(
  (value) => isUrl(value) && isResourceIndicator(value),
  'an https URL without user name and fragment is needed; http only works on loopback hosts',
)

const resource: Check = (value, path) => {
  if (typeof value !== 'string') {
    return [{ path, message: 'the name of this API is needed, as it stands in the aud of tokens' }]
  }
  return isWebResource(value) ? webResource(value, path) : challengeText(value, path)
}

const algorithms = listOf(
  check(isAccessTokenAlgorithm, `one of ${accessTokenAlgorithms.join(', ')} is needed`),
)

const audience: Check = (value, path) => {
  if (typeof value === 'function' || value === dangerouslySkip) return []
  if (typeof value === 'string') return text(value, path)
  if (!isRecord(value)) return listOf(text)(value, path)
  const checks = { all: optional(listOf(text)), only: optional(listOf(text)) }
  const single = check(
    () => Object.keys(value).length === 1,
    'either all or only is needed, and not both',
  )
  return [...members(checks)(value, path), ...single(value, path)]
}

const jwks: Check = (value, path) => {
  if (isRecord(value) && 'uri' in value) return members({ uri: url })(value, path)
  const keys = check(
    (list) => Array.isArray(list) && list.length > 0,
    'a list of keys is needed, or a uri beside it instead',
  )
  return members({ keys })(value, path)
}

const localChecks: ChecksOf<LocalIssuer> = {
  ready: callable,
  findKey: callable,
  introspect: callable,
}

const issuerChecks: ChecksOf<IssuerOptions> = {
  issuer: issuerUrl,
  jwks: optional(jwks),
  metadataUrl: optional(url),
  clientAuth: optional(clientAuth),
  introspectionEndpoint: optional(url),
  local: optional(members(localChecks)),
  algorithms: optional(algorithms),
  audience: optional(audience),
  clients: optional(listOf(text)),
  tokenShape: optional(tokenShape),
}

/** Finds what nobody looks for where the issuer itself is there. */
const findUnusedBesideLocal = (
  value: Readonly<Record<string, unknown>>,
  path: string,
): readonly ConfigurationProblem[] =>
  ['jwks', 'metadataUrl', 'clientAuth', 'introspectionEndpoint']
    .filter((name) => value[name] !== undefined)
    .map((name) => ({
      path: `${path}.${name}`,
      message: 'it is not used beside local: remove one',
    }))

/** Finds what is right in itself and would do nothing beside what else is there. */
const findUnused: Check = (value, path) => {
  if (!isRecord(value)) return []
  const { jwks: keys, metadataUrl, clientAuth: auth, introspectionEndpoint, local } = value
  if (local !== undefined) return findUnusedBesideLocal(value, path)
  const isAskedElsewhere = auth !== undefined && introspectionEndpoint === undefined
  const unused: ConfigurationProblem[] = []
  if (metadataUrl !== undefined && keys !== undefined && !isAskedElsewhere) {
    const message = 'it is not used beside jwks: remove one'
    unused.push({ path: `${path}.metadataUrl`, message })
  }
  if (introspectionEndpoint !== undefined && auth === undefined) {
    const message = 'it is not used without clientAuth: add that'
    unused.push({ path: `${path}.introspectionEndpoint`, message })
  }
  return unused
}

const issuer: Check = (value, path) => {
  if (typeof value === 'string') return issuerUrl(value, path)
  if (!isRecord(value)) {
    return [{ path, message: 'the URL of an issuer is needed, or an object with issuer' }]
  }
  return [...members(issuerChecks)(value, path), ...findUnused(value, path)]
}

const issuerOf = (value: unknown): unknown => (isRecord(value) ? value['issuer'] : value)

const issuers: Check = (value, path) => {
  if (!Array.isArray(value)) return issuer(value, path)
  const names: readonly unknown[] = value.map(issuerOf)
  const repeated = names.flatMap((name, index) =>
    names.indexOf(name) === index
      ? []
      : [{ path: `${path}[${index}]`, message: `'${String(name)}' is already there: remove one` }],
  )
  return [...listOf(issuer)(value, path), ...repeated]
}

const metadataChecks: ChecksOf<MetadataOptions & MetadataPlace> = {
  rootAlias: optional(flag),
  scopes_supported: optional(listOf(text)),
  authorization_details_types_supported: optional(listOf(text)),
  resource_name: optional(text),
  resource_documentation: optional(url),
  resource_policy_uri: optional(url),
  resource_tos_uri: optional(url),
}

const cookieChecks: ChecksOf<CookieSourceOptions> = {
  name: fieldName,
  customHeader: optional(fieldName),
}

const sourceChecks: ChecksOf<SourceOptions> = {
  header: optional(flag),
  query: optional(flag),
  body: optional(flag),
  cookie: optional(members(cookieChecks)),
}

const challengeChecks: ChecksOf<ChallengeOptions> = {
  descriptions: optional(flag),
  body: optional(oneOf(['oauth', 'problem+json', 'none'])),
}

const day = 24 * 3600

const jwksChecks: ChecksOf<JwksOptions> = {
  maxAge: optional(seconds(1, day)),
  cooldown: optional(seconds(1, day)),
  staleIfError: optional(seconds(0, 7 * day)),
  timeout: optional(seconds(0.01, 60)),
  storeTimeout: optional(seconds(0.01, 60)),
  store: optional(withMethods(['get', 'set'])),
}

const introspectionChecks: ChecksOf<IntrospectionOptions> = {
  audience: optional(oneOf(['required', 'if-present'])),
  response: optional(oneOf(['json', 'jwt'])),
  cacheFor: optional(seconds(0, day)),
  timeout: optional(seconds(0.01, 60)),
}

const revocationChecks: ChecksOf<RevocationOptions> = {
  isRevoked: callable,
  timeout: optional(seconds(0.01, 60)),
  onError: optional(oneOf(['reject', 'accept'])),
}

const verifiedCacheChecks: ChecksOf<VerifiedCacheOptions> = {
  max: optional(wholeNumber(1_000_000)),
  ttl: optional(seconds(1, day)),
}

const verifiedCache: Check = (value, path) =>
  value === false ? [] : members(verifiedCacheChecks)(value, path)

const tokenKinds = ['jwt', 'introspection', 'auto'] as const satisfies readonly TokenKinds[]

// Schemas of arktype are functions.
const claimsSchema = check(
  (value) =>
    (isRecord(value) || typeof value === 'function') &&
    '~standard' in value &&
    isRecord(value['~standard']) &&
    typeof value['~standard']['validate'] === 'function',
  'a schema of zod, valibot, arktype or another library of the Standard Schema is needed',
)

const optionChecks: ChecksOf<ResourceServerOptions> = {
  resource,
  issuers,
  resources: optional(check(isRecord, 'what defineResources returns is needed')),
  audience: optional(audience),
  algorithms: optional(algorithms),
  clockTolerance: optional(seconds(0, 300)),
  maxTokenAge: optional(seconds(1, 366 * day)),
  subject: optional(oneOf(['required', 'optional'])),
  claims: optional(claimsSchema),
  tokens: optional(oneOf(tokenKinds)),
  jwks: optional(members(jwksChecks)),
  introspection: optional(members(introspectionChecks)),
  revocation: optional(members(revocationChecks)),
  verifiedCache: optional(verifiedCache),
  profile: optional(oneOf(Object.keys(profiles))),
  dpop: optional(dpop),
  mtls: optional(mtls),
  publicOrigin: optional(publicOrigin),
  realm: optional(challengeText),
  challenge: optional(members(challengeChecks)),
  sources: optional(members(sourceChecks)),
  metadata: optional(members(metadataChecks)),
  limits: optional(limits),
  fetch: optional(callable),
  now: optional(callable),
  onEvent: optional(callable),
}

/** Sends an option to where it belongs, when that is an issuer. */
const tellPlace = ({ path, message }: ConfigurationProblem): ConfigurationProblem =>
  Object.hasOwn(issuerChecks, path) && !Object.hasOwn(optionChecks, path)
    ? { path, message: `it is an option of an issuer: issuers: { issuer: '…', ${path}: … }` }
    : { path, message }

/** Finds everything that is wrong with the options of a resource server, each with its path. */
export function checkOptions(options: unknown): readonly ConfigurationProblem[] {
  return members(optionChecks)(options, '').map(tellPlace)
}
