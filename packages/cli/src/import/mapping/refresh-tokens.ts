import type { Client } from '@bailiwick/core'
import { given } from './given.js'
import type { Given } from './given.js'
import type { GrantConditions } from './grant-types.js'
import type { Choices, PropertyReader } from './read-properties.js'
import type { MappingContext } from './uncarried-properties.js'

const usages: Choices<'oneTimeOnly' | 'reUse'> = [
  ['ReUse', 0, 'reUse'],
  ['OneTimeOnly', 1, 'oneTimeOnly'],
]

const expirations: Choices<'absolute' | 'sliding'> = [
  ['Sliding', 0, 'sliding'],
  ['Absolute', 1, 'absolute'],
]

type UsageMembers = Given<Pick<Client, 'refreshTokenUsage' | 'refreshTokenReuseInterval'>>

type RefreshTokenMembers = UsageMembers &
  Given<
    Pick<
      Client,
      'refreshTokenExpiration' | 'absoluteRefreshTokenLifetime' | 'slidingRefreshTokenLifetime'
    >
  >

/** What decides how refresh tokens are replaced. */
export interface RefreshConditions extends GrantConditions {
  readonly isRefreshed: boolean
}

function mapUsage(
  { choice, path }: PropertyReader,
  { isPublic, isRefreshed }: RefreshConditions,
  { report }: MappingContext,
): UsageMembers {
  const usage = choice('RefreshTokenUsage', usages, 'reUse')
  if (!isPublic) {
    // Where a secret is needed a replaced one is accepted for some seconds here, in case an answer got lost.
    return usage === 'oneTimeOnly' ? { refreshTokenUsage: usage, refreshTokenReuseInterval: 0 } : {}
  }
  if (usage === undefined && isRefreshed) {
    report('refresh-token-rotation', {
      path: `${path}.RefreshTokenUsage`,
      message: 'refresh tokens of the client are replaced when they are used',
      fix: 'see that the client keeps the new one; IdentityServer gave the same again',
    })
  }
  return {}
}

/** Maps how refresh tokens live and are replaced. Those of public clients are always replaced. */
export const mapRefreshTokens = (
  reader: PropertyReader,
  conditions: RefreshConditions,
  context: MappingContext,
): RefreshTokenMembers => ({
  ...mapUsage(reader, conditions, context),
  ...given({
    refreshTokenExpiration: reader.choice('RefreshTokenExpiration', expirations, 'absolute'),
    absoluteRefreshTokenLifetime: reader.count('AbsoluteRefreshTokenLifetime', 2_592_000),
    slidingRefreshTokenLifetime: reader.count('SlidingRefreshTokenLifetime', 1_296_000),
  }),
})
