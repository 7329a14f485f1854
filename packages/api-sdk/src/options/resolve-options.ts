import { ConfigurationError } from '@bailiwick/protocol'
import type { ConfigurationProblem, ResourceDefinitions } from '@bailiwick/protocol'
import type { ChallengeOrigin } from '../errors/challenges.js'
import { shieldListener } from '../events.js'
import type { EventListener } from '../events.js'
import { isWebResource, metadataUrl } from '../metadata/metadata-url.js'
import { createMetadata } from '../metadata/protected-resource-metadata.js'
import type { ProtectedResourceMetadata } from '../metadata/protected-resource-metadata.js'
import { revocationCheck } from '../revocation/revocation-check.js'
import type { CheckRevocation } from '../revocation/revocation-check.js'
import { impliedScopes } from '../tokens/implied-scopes.js'
import { claimsParser } from '../tokens/parse-claims.js'
import type { ParseClaims } from '../tokens/parse-claims.js'
import type { TokenScheme } from '../errors/challenges.js'
import type { SenderConstraints } from '../sender-constraints/prove-binding.js'
import type { TokenPolicy } from '../tokens/token-policy.js'
import { createVerifiedCache } from '../tokens/verified-cache.js'
import { askOneIssuer, checkWhomToAsk } from './ask-one-issuer.js'
import { checkOptions } from './check-options.js'
import { checkOrigin } from './check-sender-constraints.js'
import { constrainSenders } from './constrain-senders.js'
import type { IssuerOptions, ResourceServerOptions } from './resource-server-options.js'
import { algorithmsOf, findApiResource, trustIssuer } from './trust-issuer.js'
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
  readonly metadata: ProtectedResourceMetadata
  /** Undefined when the name of the resource is no http(s) URL. */
  readonly metadataUrl: string | undefined
  readonly emit: EventListener
}

const systemClock = (): number => Date.now() / 1000

function issuersOf({ issuers }: ResourceServerOptions): readonly IssuerOptions[] {
  const list: readonly (string | IssuerOptions)[] =
    typeof issuers === 'string' || 'issuer' in issuers ? [issuers] : issuers
  return list.map((entry) => (typeof entry === 'string' ? { issuer: entry } : entry))
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
  return [...withoutAlgorithm, ...checkWhomToAsk(issuers, options), ...checkOrigin(options)]
}

function originOf(
  { resource, realm }: ResourceServerOptions,
  { dpop }: SenderConstraints,
): ChallengeOrigin {
  const proofs = dpop && { proofAlgorithms: [...dpop.algorithms] }
  if (!isWebResource(resource)) return { realm: realm ?? resource, ...proofs }
  const resourceMetadata = metadataUrl(resource)
  return { ...(realm !== undefined && { realm }), resourceMetadata, ...proofs }
}

const schemesOf = ({ dpop }: SenderConstraints): ReadonlySet<TokenScheme> =>
  new Set(dpop === undefined ? ['Bearer'] : ['Bearer', 'DPoP'])

function policyOf(options: SettledOptions): TokenPolicy {
  const { clockTolerance = 30, maxTokenAge, subject = 'required', verifiedCache = false } = options
  const { now } = options
  const issuers = issuersOf(options)
  const trusted = new Map(
    issuers.map((issuer) => [issuer.issuer, trustIssuer(issuer, options)] as const),
  )
  return {
    issuers: trusted,
    asked: askOneIssuer(issuers, trusted, options),
    verifiedCache: createVerifiedCache(verifiedCache, now),
    clockTolerance,
    maxTokenAge,
    subject,
    impliedBy: impliedScopes(options.resources),
    now,
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

  const { resource, resources, metadata = {}, now = systemClock } = options
  const emit = shieldListener(options.onEvent)
  const apiResource = findApiResource(options)
  const scopes = resources && (apiResource?.scopes ?? [])
  const issuers = issuersOf(options).map(({ issuer }) => issuer)
  const displayName = apiResource?.displayName
  const constraints = constrainSenders({ ...options, now, emit })
  return {
    policy: policyOf({ ...options, now, emit }),
    checkRevocation: revocationCheck(options.revocation, emit),
    parseClaims: claimsParser(options.claims),
    constraints,
    schemes: schemesOf(constraints),
    origin: originOf(options, constraints),
    scopes: scopes && new Set(scopes),
    metadata: createMetadata({ resource, issuers, scopes, displayName, metadata, constraints }),
    metadataUrl: isWebResource(resource) ? metadataUrl(resource) : undefined,
    emit,
  }
}
