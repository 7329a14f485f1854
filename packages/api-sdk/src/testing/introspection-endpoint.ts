import { Buffer } from 'node:buffer'
import type { ClientSecretOptions } from '../options/client-auth-options.js'
import type { Claims } from '../tokens/decode-token.js'

/** What an issuer knows of its tokens. */
export interface IntrospectionEndpoint {
  readonly remember: (token: string, claims: Claims) => void
  readonly forget: (token: string) => void
  readonly answer: (init: RequestInit) => Response
}

interface Caller {
  readonly id: string | null
  readonly secret: string | null
}

const decodeForm = (value: string): string | null => new URLSearchParams(`=${value}`).get('')

/** Reads who asks from the header or the form (RFC 6749 section 2.3.1). */
function readCaller(headers: RequestInit['headers'], form: URLSearchParams): Caller {
  const [, credentials] = /^Basic (.+)$/.exec(new Headers(headers).get('authorization') ?? '') ?? []
  if (credentials === undefined) {
    return { id: form.get('client_id'), secret: form.get('client_secret') }
  }
  const [id = '', secret = ''] = Buffer.from(credentials, 'base64').toString().split(':', 2)
  return { id: decodeForm(id), secret: decodeForm(secret) }
}

/** Tells an API that has the right credentials about tokens (RFC 7662). Without credentials to expect it tells nobody. */
export function createIntrospectionEndpoint(
  audience: string,
  clientAuth: ClientSecretOptions | undefined,
): IntrospectionEndpoint {
  const claimsByToken = new Map<string, Claims>()
  return {
    remember: (token, claims) => {
      claimsByToken.set(token, claims)
    },
    forget: (token) => {
      claimsByToken.delete(token)
    },
    answer: ({ headers, body }) => {
      const form = new URLSearchParams(typeof body === 'string' ? body : '')
      const { id, secret } = readCaller(headers, form)
      if (id !== (clientAuth?.id ?? audience) || secret !== clientAuth?.secret) {
        return Response.json({ error: 'invalid_client' }, { status: 401 })
      }
      const claims = claimsByToken.get(form.get('token') ?? '')
      return Response.json(claims === undefined ? { active: false } : { active: true, ...claims })
    },
  }
}
