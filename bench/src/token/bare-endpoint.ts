import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { constantClaims, world } from './world.js'

/** Signs claims as a JWT. */
export type Sign = (claims: Readonly<Record<string, unknown>>) => string | Promise<string>

/** Answers the form of a token request, without asking who sent it or what it may have. */
export type BareEndpoint = (form: URLSearchParams) => Promise<object>

/** Reads a form in the leanest way that Node.js has. */
export async function readForm(message: IncomingMessage): Promise<URLSearchParams> {
  let text = ''
  for await (const chunk of message.setEncoding('utf8')) text += String(chunk)
  return new URLSearchParams(text)
}

/**
 * The least that issues a token: everything about it is fixed but time and identifier. It is what the framework, the
 * form and the signature cost by themselves.
 */
export function bareEndpoint(sign: Sign): BareEndpoint {
  return async (form) => {
    if (form.get('grant_type') !== 'client_credentials') throw new TypeError('unknown grant_type')
    const iat = Math.floor(Date.now() / 1000)
    const claims = {
      ...constantClaims,
      iat,
      nbf: iat,
      exp: iat + world.lifetime,
      jti: randomUUID(),
    }
    return {
      access_token: await sign(claims),
      token_type: 'Bearer',
      expires_in: world.lifetime,
      scope: form.get('scope'),
    }
  }
}
