import type { ClientAuthenticationMethod } from './method.js'

/** A public client only names itself (RFC 6749 section 2.1). */
export const none: ClientAuthenticationMethod = {
  name: 'none',
  read({ request, parameters }) {
    const clientId = parameters.get('client_id')
    if (clientId === undefined || request.headers['authorization'] !== undefined) return undefined
    if (parameters.get('client_secret') !== undefined) return undefined
    return { clientId, prove: ({ isConfidential }) => !isConfidential }
  },
}
