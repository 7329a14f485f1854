import { OAuthError } from '@bailiwick/protocol'
import type { ClientAuthenticationMethod } from './method.js'
import { proveSharedSecret } from './prove-shared-secret.js'

/** Id and secret as parameters of the body (RFC 6749 section 2.3.1). */
export const clientSecretPost: ClientAuthenticationMethod = {
  name: 'client_secret_post',
  read({ parameters }) {
    const secret = parameters.get('client_secret')
    if (secret === undefined) return undefined
    const clientId = parameters.get('client_id')
    if (clientId === undefined) {
      throw new OAuthError('invalid_request', { description: 'client_id is missing' })
    }
    return { clientId, prove: proveSharedSecret(secret) }
  },
}
