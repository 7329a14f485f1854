import type { RequestListener } from 'node:http'
import { loadMounts } from './load-mounts.js'
import type { Mounts } from './mounts.js'
import type { TokenContender, TokenIssuer } from './token-contender.js'

type CreateListener = (mounts: Mounts, contender: TokenContender) => Promise<RequestListener>

// Modules are imported as they are needed, so that no contender's memory is used up by another one's code.

const issuers = {
  bailiwick: async () => (await import('./bailiwick.js')).bailiwick,
  jose: async () => (await import('./jose.js')).jose,
  'node-crypto': async () => (await import('./node-crypto.js')).nodeCrypto,
  'oidc-provider': async () => (await import('./oidc-provider.js')).oidcProvider,
} as const satisfies Record<TokenIssuer, () => Promise<CreateListener>>

/** Sets a token endpoint up, ready to be served. */
export async function createTokenListener(contender: TokenContender): Promise<RequestListener> {
  const mounts = await loadMounts(contender.framework)
  const createListener = await issuers[contender.issuer]()
  return createListener(mounts, contender)
}
