import { Buffer } from 'node:buffer'
import { createHmac, createPublicKey } from 'node:crypto'
import type { JWK } from 'jose'
import { isAccessTokenAlgorithm } from '../tokens/algorithms.js'
import type { AccessTokenAlgorithm } from '../tokens/algorithms.js'
import { goodToken } from './abuse-case.js'
import type { AbuseContext } from './abuse-case.js'
import { createSigningKey, encodeSegment } from './signing-key.js'
import type { TestIssuer } from './test-issuer.js'

/** What becomes of the JSON of a segment. */
export interface TextChanges {
  readonly header?: (json: string) => string
  readonly payload?: (json: string) => string
}

const same = (json: string): string => json

const decode = (segment: string): string => Buffer.from(segment, 'base64url').toString()

async function textsOf(context: AbuseContext): Promise<readonly [header: string, payload: string]> {
  const [header = '', payload = ''] = (await goodToken(context)).split('.')
  return [decode(header), decode(payload)]
}

/** The key that is published. */
export function publicKeyOf(issuer: TestIssuer): JWK {
  return issuer.jwks().keys[0] ?? {}
}

/** The published key, as a certificate or a file would hold it. */
export function publicPem(issuer: TestIssuer): string {
  const key = createPublicKey({ key: publicKeyOf(issuer), format: 'jwk' })
  return key.export({ type: 'spki', format: 'pem' }).toString()
}

/** The header of a valid token. */
export function headerOf(issuer: TestIssuer): object {
  const { alg, kid } = publicKeyOf(issuer)
  return { typ: 'at+jwt', alg, kid }
}

/** A valid token whose JSON is changed as text, and then signed. */
export async function signedText(
  context: AbuseContext,
  { header = same, payload = same }: TextChanges,
): Promise<string> {
  const [headerText, payloadText] = await textsOf(context)
  return context.issuer.sign(header(headerText), payload(payloadText))
}

/** A valid token whose signature is another one. */
export async function withSignature(
  context: AbuseContext,
  make: (signature: Buffer) => Buffer,
): Promise<string> {
  const [header, payload, signature = ''] = (await goodToken(context)).split('.')
  return `${header}.${payload}.${make(Buffer.from(signature, 'base64url')).toString('base64url')}`
}

/** A token with the claims of a valid one and no signature. */
export async function unsigned(context: AbuseContext, alg: string): Promise<string> {
  const [, payload] = await textsOf(context)
  return `${encodeSegment({ typ: 'at+jwt', alg })}.${encodeSegment(payload)}.`
}

/** A token with the claims of a valid one, signed with a secret that everybody knows. */
export async function signedWithSecret(context: AbuseContext, secret: string): Promise<string> {
  const header = { ...headerOf(context.issuer), alg: 'HS256' }
  const [, payload] = await textsOf(context)
  const input = `${encodeSegment(header)}.${encodeSegment(payload)}`
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
}

const algorithmOf = ({ alg }: JWK): AccessTokenAlgorithm =>
  isAccessTokenAlgorithm(alg) ? alg : 'ES256'

/** An algorithm for which another type of key is needed. */
export function otherAlgorithm(issuer: TestIssuer): AccessTokenAlgorithm {
  return publicKeyOf(issuer).kty === 'EC' ? 'RS256' : 'ES256'
}

/** A token with the claims of a valid one, signed by somebody else whose key the header may hold. */
export async function forged(
  context: AbuseContext,
  header: (jwk: JWK) => object,
  algorithm: AccessTokenAlgorithm = algorithmOf(publicKeyOf(context.issuer)),
): Promise<string> {
  const stranger = await createSigningKey(algorithm)
  const [, payload] = await textsOf(context)
  return stranger.sign({ typ: 'at+jwt', alg: algorithm, ...header(stranger.jwk) }, payload)
}
