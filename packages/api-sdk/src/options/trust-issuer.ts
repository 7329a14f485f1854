import type { ApiResource } from '@bailiwick/protocol'
import type { Closing } from '../closing.js'
import type { EventListener, EventSink } from '../events.js'
import type { Fetch } from '../keys/fetch-json.js'
import { createIssuerKeys } from '../keys/issuer-keys.js'
import type { IssuerKeys } from '../keys/issuer-keys.js'
import { createSharedKeys } from '../keys/key-store.js'
import { importKeySet } from '../keys/key-set.js'
import type { KeySet } from '../keys/key-set.js'
import { configuredKeys, remoteKeys } from '../keys/load-keys.js'
import { createLocalKeys } from '../local/local-keys.js'
import type { AccessTokenAlgorithm } from '../tokens/algorithms.js'
import { audienceCheck } from '../tokens/audience.js'
import type { Audience } from '../tokens/audience.js'
import type { TrustedIssuer } from '../tokens/token-policy.js'
import { typesOf } from '../tokens/token-shape.js'
import { complete } from './complete.js'
import type { Limits } from './limit-options.js'
import { profileOf } from './profiles.js'
import type {
  IssuerOptions,
  JwksOptions,
  ResourceServerOptions,
} from './resource-server-options.js'

/** Options in which clock, tolerance, limits, end, network and listener are settled. */
export interface SettledOptions extends ResourceServerOptions {
  readonly now: () => number
  readonly clockTolerance: number
  readonly limits: Limits
  readonly closing: Closing
  readonly fetch: Fetch
  readonly emit: EventListener
  readonly isHeard: EventSink['isHeard']
}

type JwksSettings = Required<Omit<JwksOptions, 'store'>> & Pick<JwksOptions, 'store'>

const jwksDefaults: JwksSettings = {
  maxAge: 600,
  cooldown: 30,
  staleIfError: 3600,
  timeout: 5,
  storeTimeout: 1,
}

/** Finds the declaration of this API. */
export function findApiResource({
  resource,
  resources,
}: ResourceServerOptions): ApiResource | undefined {
  return resources?.apiResources?.find(({ name }) => name === resource)
}

/** The algorithms tokens of an issuer may be signed with: those that are configured, as far as the API allows them. */
export function algorithmsOf(
  issuer: IssuerOptions,
  options: ResourceServerOptions,
): readonly AccessTokenAlgorithm[] {
  const wanted = issuer.algorithms ?? options.algorithms ?? profileOf(options).algorithms
  const allowed: readonly string[] =
    findApiResource(options)?.allowedAccessTokenSigningAlgorithms ?? []
  return allowed.length === 0 ? wanted : wanted.filter((algorithm) => allowed.includes(algorithm))
}

/** Which audiences tokens of an issuer may have. */
export function audienceOf(issuer: IssuerOptions, options: ResourceServerOptions): Audience {
  const isIsolated =
    findApiResource(options)?.requireResourceIndicator === true ||
    profileOf(options).audience === 'only'
  const own: Audience = isIsolated ? { only: [options.resource] } : [options.resource]
  return issuer.audience ?? options.audience ?? own
}

function keysOf(
  { issuer, jwks, metadataUrl, local }: IssuerOptions,
  algorithms: readonly AccessTokenAlgorithm[],
  options: SettledOptions,
): IssuerKeys {
  if (local !== undefined) return createLocalKeys({ ...local, issuer, algorithms })
  const timing = complete<JwksSettings>(options.jwks, jwksDefaults)
  const imports = { ...options, issuer, algorithms }
  const importKeys = (keys: unknown): Promise<KeySet> => importKeySet(keys, imports)
  const common = { ...imports, ...timing, importKeys }
  if (jwks !== undefined && 'keys' in jwks) {
    const loadKeys = configuredKeys(jwks, imports)
    const keys = createIssuerKeys({ ...common, loadKeys, cooldown: Infinity })
    // Whoever writes keys into the configuration wants these, also where a snapshot still has others.
    return { ...keys, hydrate: async () => undefined }
  }
  const loadKeys = remoteKeys({ ...common, jwksUri: jwks?.uri, metadataUrl })
  const shared = timing.store && createSharedKeys(timing.store, common)
  return createIssuerKeys({ ...common, loadKeys, shared })
}

/** Settles what counts for the tokens of one issuer. */
export function trustIssuer(issuer: IssuerOptions, options: SettledOptions): TrustedIssuer {
  const algorithms = algorithmsOf(issuer, options)
  const shape = complete(issuer.tokenShape, profileOf(options).shape)
  return {
    issuer: issuer.issuer,
    algorithms: new Set(algorithms),
    checkAudience: audienceCheck(audienceOf(issuer, options)),
    shape,
    types: typesOf([shape]),
    clients: issuer.clients && new Set(issuer.clients),
    keys: keysOf(issuer, algorithms, options),
  }
}
