import { OAuthError } from '@bailiwick/protocol'
import { readScope } from '../resources/read-scope.js'
import type { Grant } from './grant.js'

/** The client acts on its own behalf (RFC 6749 section 4.4). */
export const clientCredentials: Grant = {
  grantType: 'client_credentials',
  async validate({ client, parameters }) {
    if (!client.isConfidential) {
      throw new OAuthError('unauthorized_client', {
        description: 'client_credentials is for clients that authenticate (RFC 6749 section 4.4)',
      })
    }
    return { scopes: readScope(parameters) }
  },
}
