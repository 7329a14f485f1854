import type { ConfigurationProblem } from '@bailiwick/protocol'
import { completeSources } from '../credentials/token-sources.js'
import { isWebResource } from '../metadata/metadata-url.js'
import { dangerouslySkip } from '../tokens/audience.js'
import { profileOf } from './profiles.js'
import type { IssuerOptions, ResourceServerOptions } from './resource-server-options.js'
import { audienceOf } from './trust-issuer.js'

type Problems = readonly ConfigurationProblem[]

function checkAlgorithms(
  issuers: readonly IssuerOptions[],
  options: ResourceServerOptions,
): Problems {
  const { profile = '' } = options
  const { algorithms: allowed } = profileOf(options)
  const named = [options, ...issuers].flatMap(({ algorithms = [] }) => algorithms)
  return [...new Set(named)]
    .filter((algorithm) => !allowed.includes(algorithm))
    .map((algorithm) => ({
      path: 'algorithms',
      message: `the profile '${profile}' does not allow ${algorithm}: there are ${allowed.join(', ')}`,
    }))
}

function checkSources(options: ResourceServerOptions): Problems {
  const { profile = '', sources } = options
  const asked = completeSources(sources)
  const isAsked = (source: (typeof asked)[keyof typeof asked]): boolean =>
    source !== false && source !== undefined
  if (!Object.values(asked).some(isAsked)) {
    return [{ path: 'sources', message: 'no token could be anywhere: leave one' }]
  }
  return profileOf(options)
    .forbiddenSources.filter((source) => isAsked(asked[source]))
    .map((source) => ({
      path: `sources.${source}`,
      message: `the profile '${profile}' does not allow it: remove it`,
    }))
}

function checkMetadata(options: ResourceServerOptions): Problems {
  const { profile = '', metadata } = options
  const { reservedScopes } = profileOf(options)
  const named = metadata?.scopes_supported ?? []
  return named
    .filter((name) => reservedScopes.has(name))
    .map((name) => ({
      path: 'metadata.scopes_supported',
      message: `the profile '${profile}' does not allow '${name}': remove it`,
    }))
}

function checkAudience(issuer: IssuerOptions, options: ResourceServerOptions): Problems {
  const { profile = '' } = options
  if (profileOf(options).skippedAudience === 'allowed') return []
  if (audienceOf(issuer, options) !== dangerouslySkip) return []
  const message = `the profile '${profile}' does not allow to skip it for '${issuer.issuer}'`
  return [{ path: 'audience', message }]
}

function checkBinding(options: ResourceServerOptions): Problems {
  const { profile = '', resource, dpop, mtls, publicOrigin } = options
  const { algorithms: allowed, unboundTokens } = profileOf(options)
  if (unboundTokens === 'accepted') return []
  const { mode, algorithms = [] } = typeof dpop === 'object' ? dpop : { mode: dpop }
  const hasOrigin = publicOrigin !== undefined || isWebResource(resource)
  if (mtls === undefined && (mode === 'reject' || !hasOrigin)) {
    const message = `the profile '${profile}' needs tokens that are bound: leave dpop on, with a publicOrigin, or add mtls`
    return [{ path: 'profile', message }]
  }
  return algorithms
    .filter((algorithm) => !allowed.some((other) => other === algorithm))
    .map((algorithm) => ({
      path: 'dpop.algorithms',
      message: `the profile '${profile}' does not allow ${algorithm}: there are ${allowed.join(', ')}`,
    }))
}

/** Finds options that a profile forbids. */
export function checkProfile(
  issuers: readonly IssuerOptions[],
  options: ResourceServerOptions,
): readonly ConfigurationProblem[] {
  return [
    ...checkAlgorithms(issuers, options),
    ...checkSources(options),
    ...checkBinding(options),
    ...checkMetadata(options),
    ...issuers.flatMap((issuer) => checkAudience(issuer, options)),
  ]
}
