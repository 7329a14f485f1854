import { Buffer } from 'node:buffer'
import type { ProveCaller } from './caller-proof.js'

/** Encodes as forms are (RFC 6749 appendix B). */
const encodeForm = (value: string): string => new URLSearchParams({ '': value }).toString().slice(1)

/**
 * Proves who asks with `client_secret_basic`: both are form-urlencoded before they are joined (RFC 6749 section 2.3.1), or
 * a colon in the name would end it.
 */
export function secretInHeader(id: string, secret: string): ProveCaller {
  const credentials = `${encodeForm(id)}:${encodeForm(secret)}`
  const authorization = `Basic ${Buffer.from(credentials).toString('base64')}`
  return () => ({ authorization, parameters: {} })
}

/** Proves who asks with `client_secret_post` (RFC 6749 section 2.3.1). */
export function secretInForm(id: string, secret: string): ProveCaller {
  return () => ({ parameters: { client_id: id, client_secret: secret } })
}
