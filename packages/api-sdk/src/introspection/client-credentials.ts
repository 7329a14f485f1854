import { Buffer } from 'node:buffer'

/** Encodes as forms are (RFC 6749 appendix B). */
const encodeForm = (value: string): string => new URLSearchParams({ '': value }).toString().slice(1)

/**
 * Writes the `Authorization` header of `client_secret_basic`: both are form-urlencoded before they are joined (RFC 6749
 * section 2.3.1), or a colon in the name would end it.
 */
export function clientCredentials(id: string, secret: string): string {
  const credentials = `${encodeForm(id)}:${encodeForm(secret)}`
  return `Basic ${Buffer.from(credentials).toString('base64')}`
}
