import type { RequestListener } from 'node:http'
import { loadMounts } from '../token/load-mounts.js'
import type { Mounts } from '../token/mounts.js'
import type { IntrospectionContender, Introspector } from './introspection-contender.js'

// Modules are imported as they are needed, so that no contender's memory is used up by another one's code.

const introspectors = {
  bailiwick: async () => (await import('./bailiwick.js')).bailiwick,
  'oidc-provider': async () => (await import('./oidc-provider.js')).oidcProvider,
} as const satisfies Record<
  Introspector,
  () => Promise<(mounts: Mounts) => Promise<RequestListener>>
>

/** Sets a server with an introspection endpoint up, ready to be served. */
export async function createIntrospectionListener({
  framework,
  introspector,
}: IntrospectionContender): Promise<RequestListener> {
  const mounts = await loadMounts(framework)
  const createListener = await introspectors[introspector]()
  return createListener(mounts)
}
