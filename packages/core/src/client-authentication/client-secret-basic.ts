import { OAuthError } from '@bailiwick/protocol'
import type { HttpRequest } from '@bailiwick/protocol'
import type { ClientAuthenticationMethod } from './method.js'
import { proveSharedSecret } from './prove-shared-secret.js'

const challenge = 'Basic realm="token", charset="UTF-8"'

const utf8 = new TextDecoder('utf-8', { fatal: true })

const malformed = (description: string): OAuthError =>
  new OAuthError('invalid_client', { description, headers: { 'www-authenticate': challenge } })

function decodeBase64(encoded: string): string {
  try {
    if (!/^[A-Za-z0-9+/]+={0,2}$/.test(encoded)) throw new TypeError('no base64')
    return utf8.decode(Buffer.from(encoded, 'base64'))
  } catch {
    throw malformed('the authorization header does not hold base64 of UTF-8')
  }
}

function decodeForm(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll('+', ' '))
  } catch {
    throw malformed(
      'client_id and client_secret in the authorization header must be form-urlencoded (RFC 6749 section 2.3.1)',
    )
  }
}

function authorizationOf({ headers }: HttpRequest): string | undefined {
  const { authorization } = headers
  return typeof authorization === 'string' ? authorization : undefined
}

/** HTTP Basic authentication; id and secret are form-urlencoded before they are joined (RFC 6749 section 2.3.1). */
export const clientSecretBasic: ClientAuthenticationMethod = {
  name: 'client_secret_basic',
  challenge,
  read({ request }) {
    const [, encoded] = /^basic +(.*)$/i.exec(authorizationOf(request) ?? '') ?? []
    if (encoded === undefined) return undefined
    const credentials = decodeBase64(encoded)
    const colon = credentials.indexOf(':')
    if (colon === -1) throw malformed('the authorization header has no colon after the client id')
    return {
      clientId: decodeForm(credentials.slice(0, colon)),
      prove: proveSharedSecret(decodeForm(credentials.slice(colon + 1))),
    }
  },
}
