import { OAuthError } from '@bailiwick/protocol'
import type { RegisteredClient } from '../../stores/client-store.js'

/** Checks that the client may sign users in at all. */
export function checkClient({ allowedGrantTypes }: RegisteredClient): void {
  if (allowedGrantTypes.has('authorization_code')) return
  throw new OAuthError('unauthorized_client', {
    description: `the client may not use grant_type 'authorization_code'`,
  })
}
