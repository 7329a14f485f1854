import { accessTokenAlgorithms } from '../tokens/algorithms.js'
import type { AccessTokenAlgorithm } from '../tokens/algorithms.js'
import type { HeaderRules } from '../tokens/decode-token.js'
import { legacyShape, rfc9068 } from '../tokens/token-shape.js'
import type { TokenShape } from '../tokens/token-shape.js'
import type { SourceOptions } from '../credentials/token-sources.js'

/** What a profile says about options: what counts where they are silent, and what they may not say. */
export interface Profile {
  /** The algorithms that there are. */
  readonly algorithms: readonly AccessTokenAlgorithm[]
  /** Whether tokens may also be for others, where no audience is configured. */
  readonly audience: 'any' | 'only'
  /** Whether `dangerouslySkip` may be the audience. */
  readonly skippedAudience: 'allowed' | 'forbidden'
  /** What tokens look like, where an issuer does not say. */
  readonly shape: TokenShape
  /** What the header of a token may not have, and whether it needs a `kid`. */
  readonly header: Omit<HeaderRules, 'types'>
  /** What becomes of tokens that are bound to neither a key nor a certificate. */
  readonly unboundTokens: 'accepted' | 'refused'
  /** Where tokens may never be. */
  readonly forbiddenSources: readonly (keyof SourceOptions)[]
  /** Whether the metadata are also at the root of the host, where nothing is configured. */
  readonly rootAlias: boolean
  /** Scopes that no requirement may name. */
  readonly reservedScopes: ReadonlySet<string>
}

const strict: Profile = {
  algorithms: accessTokenAlgorithms,
  audience: 'any',
  skippedAudience: 'allowed',
  shape: rfc9068,
  header: { forbidden: [], kid: 'optional' },
  unboundTokens: 'accepted',
  forbiddenSources: [],
  rootAlias: false,
  reservedScopes: new Set(),
}

/** Every profile, and what it changes. This is the only place that knows. */
export const profiles = {
  rfc9068: strict,
  oauth21: { ...strict, forbiddenSources: ['query', 'body'] },
  fapi2: {
    ...strict,
    algorithms: ['PS256', 'ES256', 'EdDSA', 'Ed25519'],
    audience: 'only',
    skippedAudience: 'forbidden',
    header: { forbidden: ['jku', 'x5u'], kid: 'required' },
    unboundTokens: 'refused',
    forbiddenSources: ['query', 'body', 'cookie'],
  },
  mcp: {
    ...strict,
    skippedAudience: 'forbidden',
    forbiddenSources: ['query', 'body', 'cookie'],
    rootAlias: true,
    reservedScopes: new Set(['openid', 'offline_access']),
  },
  legacy: { ...strict, shape: legacyShape },
} as const satisfies Record<string, Profile>

/** A set of rules that an API follows as a whole. */
export type ProfileName = keyof typeof profiles

/** Finds the profile of a resource server. */
export function profileOf({ profile = 'rfc9068' }: { readonly profile?: ProfileName }): Profile {
  return profiles[profile]
}
