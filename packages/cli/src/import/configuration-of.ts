import { standardIdentityResources } from '@bailiwick/protocol'
import type {
  ApiScope,
  ApiScopeEntry,
  IdentityResource,
  IdentityResourceEntry,
} from '@bailiwick/protocol'
import { isDeepStrictEqual } from 'node:util'
import type { Configuration } from '../configuration/configuration.js'
import { keyRetentionOf } from './key-retention.js'
import type { Draft, DraftEntry } from './mapping/draft.js'

/** What every result has, so that it does what IdentityServer does. */
export const imitation = {
  compatibility: 'duende',
  session: { absoluteLifetime: 36_000, idleLifetime: 36_000 },
  paths: {
    authorize: '/connect/authorize',
    token: '/connect/token',
    userinfo: '/connect/userinfo',
    introspect: '/connect/introspect',
    revoke: '/connect/revocation',
    endSession: '/connect/endsession',
    jwks: '/.well-known/openid-configuration/jwks',
  },
} as const satisfies Partial<Configuration>

const withSortedClaims = ({ userClaims, ...others }: IdentityResource): IdentityResource => ({
  ...others,
  userClaims: [...userClaims].toSorted(),
})

/** A standard identity resource is just named when it is as the standard has it. */
export function shortIdentityResource(resource: IdentityResource): IdentityResourceEntry {
  const standard = Object.values(standardIdentityResources).find(
    (candidate) =>
      candidate.name === resource.name &&
      isDeepStrictEqual(withSortedClaims(candidate), withSortedClaims(resource)),
  )
  return standard?.name ?? resource
}

/** A scope of which nothing is known but its name is just named. */
export const shortApiScope = (scope: ApiScope): ApiScopeEntry =>
  Object.keys(scope).length === 1 ? scope.name : scope

const valuesOf = <Value>(entries: readonly DraftEntry<Value>[]): readonly Value[] =>
  entries.map(({ value }) => value)

/** The configuration that a draft has become. */
export const configurationOf = (draft: Draft): Configuration => ({
  ...draft.options,
  ...imitation,
  ...keyRetentionOf(draft),
  identityResources: valuesOf(draft.identityResources).map(shortIdentityResource),
  apiScopes: valuesOf(draft.apiScopes).map(shortApiScope),
  apiResources: valuesOf(draft.apiResources),
  clients: valuesOf(draft.clients),
})
