import type { KeyManagementOptions } from '@bailiwick/core'
import type { Draft } from './mapping/draft.js'

/** For how long a server publishes a key that does not sign any more, when nothing else is said. */
const retentionDuration = 1_209_600

/** By how much a key outlives the last token, because not everybody notices at once that it signs no more. */
const margin = 3600

/** Has keys live as long as the tokens they have signed. IdentityServer does not look; a server here would not start. */
export function keyRetentionOf({ clients }: Draft): {
  readonly keyManagement?: Pick<KeyManagementOptions, 'retentionDuration'>
} {
  const lifetimes = clients.flatMap(({ value }) => [
    value.accessTokenLifetime ?? 0,
    value.identityTokenLifetime ?? 0,
  ])
  const needed = Math.max(0, ...lifetimes) + margin
  return needed > retentionDuration ? { keyManagement: { retentionDuration: needed } } : {}
}
