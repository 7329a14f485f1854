import { clientCredentials } from '../introspection/client-credentials.js'
import type { ClientAuthOptions } from '../options/resource-server-options.js'
import type { Claims } from '../tokens/decode-token.js'

/** What an issuer knows of its tokens. */
export interface IntrospectionEndpoint {
  readonly remember: (token: string, claims: Claims) => void
  readonly forget: (token: string) => void
  readonly answer: (init: RequestInit) => Response
}

/** Tells an API that has the right credentials about tokens (RFC 7662). Without credentials to expect it tells nobody. */
export function createIntrospectionEndpoint(
  audience: string,
  clientAuth: ClientAuthOptions | undefined,
): IntrospectionEndpoint {
  const claimsByToken = new Map<string, Claims>()
  const expected = clientAuth && clientCredentials(clientAuth.id ?? audience, clientAuth.secret)
  return {
    remember: (token, claims) => {
      claimsByToken.set(token, claims)
    },
    forget: (token) => {
      claimsByToken.delete(token)
    },
    answer: ({ headers, body }) => {
      const authorization = new Headers(headers).get('authorization')
      if (expected === undefined || authorization !== expected) {
        return Response.json({ error: 'invalid_client' }, { status: 401 })
      }
      const form = new URLSearchParams(typeof body === 'string' ? body : '')
      const claims = claimsByToken.get(form.get('token') ?? '')
      return Response.json(claims === undefined ? { active: false } : { active: true, ...claims })
    },
  }
}
