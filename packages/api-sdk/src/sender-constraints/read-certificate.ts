import { Buffer } from 'node:buffer'
import { X509Certificate } from 'node:crypto'

const longest = 16 * 1024

// RFC 8941 section 3.3.5.
const byteSequence = /^:([A-Za-z0-9+/]+={0,2}):$/

/** The bytes of a certificate, as one of the forms proxies write it in: RFC 9440, PEM, or percent-encoded PEM. */
function decode(text: string): string | Buffer {
  const sequence = byteSequence.exec(text)?.[1]
  if (sequence !== undefined) return Buffer.from(sequence, 'base64')
  const pem = text.includes('%') ? decodeURIComponent(text) : text
  // Two header fields that were joined: the first may be that of the client, the second that of a proxy that adds its own.
  if (pem.includes(',')) throw new SyntaxError('this is more than one certificate')
  return pem
}

/** Reads a certificate in any of these forms, or in DER. Undefined for what is none. */
export function readCertificate(value: string | Uint8Array): X509Certificate | undefined {
  if (value.length > longest) return undefined
  try {
    return new X509Certificate(typeof value === 'string' ? decode(value) : value)
  } catch {
    // Whatever it is, it is not the certificate that a token is bound to.
    return undefined
  }
}
