import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from 'jose'
import type { JWK } from 'jose'
import type { PrivateJwk } from '@bailiwick/api-sdk'

export const issuer = 'https://id.example.com'
export const resource = 'https://api.example.com'

/** Claims or header parameters that are not as they are in a valid token. */
export type Changes = Readonly<Record<string, unknown>>

/** A token that is bound to a key, and proofs of having that. */
interface BoundToken {
  readonly token: string
  readonly prove: (claims: Changes) => Promise<string>
}

/** An issuer that needs nothing but Web Crypto, so that nothing of Node.js has to work but what the SDK uses. */
export interface TestIssuer {
  readonly jwk: JWK
  readonly claims: () => Changes
  readonly token: (claims?: Changes, header?: Changes) => Promise<string>
  readonly bound: (uri: string) => Promise<BoundToken>
  readonly privateJwk: () => Promise<PrivateJwk>
}

const toBase64Url = (bytes: string): string =>
  btoa(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')

export const encode = (value: unknown): string => toBase64Url(JSON.stringify(value))

/** The SHA-256 of bytes that are written as the characters of a text. */
export async function hash(text: string): Promise<string> {
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0))
  const digest = await crypto.subtle.digest('SHA-256', bytes)
  return toBase64Url(String.fromCharCode(...new Uint8Array(digest)))
}

const seconds = (): number => Math.floor(Date.now() / 1000)

const validClaims = (): Changes => ({
  iss: issuer,
  aud: resource,
  sub: 'alice',
  client_id: 'web',
  iat: seconds(),
  exp: seconds() + 300,
  jti: crypto.randomUUID(),
  scope: 'read',
})

export async function createTestIssuer(alg: string): Promise<TestIssuer> {
  const pair = await generateKeyPair(alg, { extractable: true })
  const jwk = { ...(await exportJWK(pair.publicKey)), kid: 'k1', alg, use: 'sig' }
  const token: TestIssuer['token'] = (claims, header) =>
    new SignJWT({ ...validClaims(), ...claims })
      .setProtectedHeader({ alg, kid: 'k1', typ: 'at+jwt', ...header })
      .sign(pair.privateKey)
  return {
    jwk,
    claims: validClaims,
    token,
    privateJwk: async () => ({ ...(await exportJWK(pair.privateKey)), alg: 'ES256' }),
    bound: async (uri) => {
      const holder = await generateKeyPair('ES256')
      const publicJwk = await exportJWK(holder.publicKey)
      const bound = await token({ cnf: { jkt: await calculateJwkThumbprint(publicJwk) } })
      const ath = await hash(bound)
      return {
        token: bound,
        prove: (claims) =>
          new SignJWT({ htm: 'GET', htu: uri, ath, jti: crypto.randomUUID(), ...claims })
            .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: publicJwk })
            .setIssuedAt()
            .sign(holder.privateKey),
      }
    },
  }
}
