import { ConfigurationError } from '@bailiwick/protocol'
import type { ConfigurationProblem, ResourceDefinitions } from '@bailiwick/protocol'
import { createClosing } from '../closing.js'
import type { Closing } from '../closing.js'
import { bearerMethodsOf, completeSources } from '../credentials/token-sources.js'
import type { TokenSources } from '../credentials/token-sources.js'
import type { ChallengeOrigin } from '../errors/challenges.js'
import { createEventSink } from '../events.js'
import type { EventListener, EventSink } from '../events.js'
import { isWebResource, metadataUrl } from '../metadata/metadata-url.js'
import { createMetadata } from '../metadata/protected-resource-metadata.js'
import type { ProtectedResourceMetadata } from '../metadata/protected-resource-metadata.js'
import { revocationCheck } from '../revocation/revocation-check.js'
import type { CheckRevocation } from '../revocation/revocation-check.js'
import { impliedScopes } from '../tokens/implied-scopes.js'
import { claimsParser } from '../tokens/parse-claims.js'
import type { ParseClaims } from '../tokens/parse-claims.js'
import { dangerouslySkip } from '../tokens/audience.js'
import type { TokenScheme } from '../errors/challenges.js'
import type { SenderConstraints } from '../sender-constraints/prove-binding.js'
import type { TokenPolicy } from '../tokens/token-policy.js'
import { createVerifiedCache } from '../tokens/verified-cache.js'
import { tokenDecoder } from '../tokens/decode-token.js'
import { typesOf } from '../tokens/token-shape.js'
import type { TokenShape } from '../tokens/token-shape.js'
import { askOneIssuer, checkWhomToAsk } from './ask-one-issuer.js'
import { checkOptions } from './check-options.js'
import { checkProfile } from './check-profile.js'
import { checkTokenShape } from './check-token-shape.js'
import { profileOf } from './profiles.js'
import { checkOrigin } from './check-sender-constraints.js'
import { constrainSenders } from './constrain-senders.js'
import { complete } from './complete.js'
import { defaultLimits } from './limit-options.js'
import type { IssuerOptions, ResourceServerOptions } from './resource-server-options.js'
import { algorithmsOf, audienceOf, findApiResource, trustIssuer } from './trust-issuer.js'
import type { SettledOptions } from './trust-issuer.js'

/** Options with every default applied, and everything made that can be made at start-up. */
export interface ResourceServerSettings<ClaimTypes extends object = object> {
  readonly policy: TokenPolicy
  readonly checkRevocation: CheckRevocation
  readonly parseClaims: ParseClaims<ClaimTypes>
  readonly constraints: SenderConstraints
  /** The schemes in which a token may be presented. */
  readonly schemes: ReadonlySet<TokenScheme>
  readonly origin: ChallengeOrigin
  /** The scopes guards may name. Undefined: any. */
  readonly scopes: ReadonlySet<string> | undefined
  /** Scopes that guards may not name, whether or not they are among those. */
  readonly reservedScopes: ReadonlySet<string>
  readonly sources: TokenSources
  readonly metadata: ProtectedResourceMetadata
  /** Undefined when the name of the resource is no http(s) URL. */
  readonly metadataUrl: string | undefined
  /** Whether the metadata are also at the root of the host. */
  readonly rootAlias: boolean
  readonly closing: Closing
  readonly emit: EventListener
  readonly isHeard: EventSink['isHeard']
}

const systemClock = (): number => Date.now() / 1000

function issuersOf({ issuers }: ResourceServerOptions): readonly IssuerOptions[] {
  const list: readonly (string | IssuerOptions)[] =
    typeof issuers === 'string' || 'issuer' in issuers ? [issuers] : issuers
  return list.map((entry) => (typeof entry === 'string' ? { issuer: entry } : entry))
}

/** Finds keys that would not be used, because there are more than a JWKS may have. */
function checkKeyCount(
  { issuer, jwks }: IssuerOptions,
  options: ResourceServerOptions,
): readonly ConfigurationProblem[] {
  const { keys } = complete(options.limits, defaultLimits)
  if (jwks === undefined || 'uri' in jwks || jwks.keys.length <= keys) return []
  return [{ path: 'jwks.keys', message: `'${issuer}' has more than limits.keys: ${keys}` }]
}

/** Finds options that are right in themselves and do not fit together. */
function checkConsistency(options: ResourceServerOptions): readonly ConfigurationProblem[] {
  const { resource, resources } = options
  if (resources !== undefined && findApiResource(options) === undefined) {
    return [{ path: 'resource', message: `'${resource}' is not declared: add it to apiResources` }]
  }
  const issuers = issuersOf(options)
  const withoutAlgorithm = issuers
    .filter((issuer) => algorithmsOf(issuer, options).length === 0)
    .map(({ issuer }) => ({
      path: 'algorithms',
      message: `none is left for '${issuer}': the API resource allows others`,
    }))
  return [
    ...withoutAlgorithm,
    ...issuers.flatMap((issuer) => checkKeyCount(issuer, options)),
    ...checkWhomToAsk(issuers, options),
    ...checkOrigin(options),
    ...checkProfile(issuers, options),
    ...issuers.flatMap((issuer) => checkTokenShape(issuer, options)),
  ]
}

function originOf(
  { resource, realm, challenge }: ResourceServerOptions,
  { dpop }: SenderConstraints,
): ChallengeOrigin {
  const more = {
    ...(dpop && { proofAlgorithms: [...dpop.algorithms] }),
    ...(challenge && { style: challenge }),
  }
  if (!isWebResource(resource)) return { realm: realm ?? resource, ...more }
  const resourceMetadata = metadataUrl(resource)
  return { ...(realm !== undefined && { realm }), resourceMetadata, ...more }
}

const schemesOf = ({ dpop }: SenderConstraints): ReadonlySet<TokenScheme> =>
  new Set(dpop === undefined ? ['Bearer'] : ['Bearer', 'DPoP'])

const shapesOf = (trusted: TokenPolicy['issuers']): readonly TokenShape[] =>
  [...trusted.values()].map(({ shape }) => shape)

function policyOf(options: SettledOptions): TokenPolicy {
  const { clockTolerance, maxTokenAge, subject = 'required', verifiedCache = false } = options
  const { now, limits } = options
  const issuers = issuersOf(options)
  const trusted = new Map(
    issuers.map((issuer) => [issuer.issuer, trustIssuer(issuer, options)] as const),
  )
  return {
    issuers: trusted,
    asked: askOneIssuer(issuers, trusted, options),
    verifiedCache: createVerifiedCache(verifiedCache, now),
    decode: tokenDecoder(
      { ...profileOf(options).header, types: typesOf(shapesOf(trusted)) },
      limits,
    ),
    limits,
    clockTolerance,
    maxTokenAge,
    subject,
    impliedBy: impliedScopes(options.resources),
    now,
  }
}

function tellSkippedAudiences(options: ResourceServerOptions, emit: EventListener): void {
  for (const issuer of issuersOf(options)) {
    if (audienceOf(issuer, options) === dangerouslySkip) {
      emit({ type: 'audience_not_checked', issuer: issuer.issuer })
    }
  }
}

/** What clients are told about this API. */
function describeResource(
  options: ResourceServerOptions,
  constraints: SenderConstraints,
): Pick<ResourceServerSettings, 'metadata' | 'metadataUrl' | 'rootAlias'> {
  const { resource, resources, metadata: described = {} } = options
  const { rootAlias = profileOf(options).rootAlias, ...metadata } = described
  const apiResource = findApiResource(options)
  return {
    metadata: createMetadata({
      resource,
      issuers: issuersOf(options).map(({ issuer }) => issuer),
      bearerMethods: bearerMethodsOf(completeSources(options.sources)),
      scopes: resources && (apiResource?.scopes ?? []),
      displayName: apiResource?.displayName,
      metadata,
      constraints,
    }),
    metadataUrl: isWebResource(resource) ? metadataUrl(resource) : undefined,
    rootAlias,
  }
}

/**
 * Checks the options and applies every default.
 *
 * @throws ConfigurationError with everything that is wrong.
 */
export function resolveOptions<ClaimTypes extends object>(
  options: ResourceServerOptions<ResourceDefinitions, string, ClaimTypes>,
): ResourceServerSettings<ClaimTypes> {
  const wrong = checkOptions(options)
  const problems = wrong.length > 0 ? wrong : checkConsistency(options)
  if (problems.length > 0) throw new ConfigurationError(problems)

  const { resources, now = systemClock, clockTolerance = 30, fetch = globalThis.fetch } = options
  const { emit, isHeard } = createEventSink(options.onEvent)
  tellSkippedAudiences(options, emit)
  const scopes = resources && (findApiResource(options)?.scopes ?? [])
  const limits = complete(options.limits, defaultLimits)
  const closing = createClosing()
  const settled = { ...options, now, clockTolerance, limits, closing, fetch, emit, isHeard }
  const constraints = constrainSenders(settled)
  return {
    policy: policyOf(settled),
    checkRevocation: revocationCheck(options.revocation, emit),
    parseClaims: claimsParser(options.claims),
    constraints,
    schemes: schemesOf(constraints),
    origin: originOf(options, constraints),
    scopes: scopes && new Set(scopes),
    reservedScopes: profileOf(options).reservedScopes,
    sources: completeSources(options.sources),
    ...describeResource(options, constraints),
    closing,
    emit,
    isHeard,
  }
}
