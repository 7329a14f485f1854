import { isSameText } from '@bailiwick/protocol'
import { hash } from 'node:crypto'
import { Refusal } from '../errors/refusal.js'
import type { RequestFacts } from '../request-facts.js'
import { readCertificate } from './read-certificate.js'

/**
 * Finds the certificate with which the client opened the TLS connection: DER, PEM, percent-encoded PEM, or the form of
 * RFC 9440. Undefined when the client has shown none.
 */
export type CertificateResolver = (request: RequestFacts) => string | Uint8Array | undefined

/** How certificates are found. */
export interface MtlsSettings {
  readonly mode: 'accept' | 'require'
  readonly certificate: CertificateResolver
}

/** Who says to have which certificate. */
export interface CertificateClaim {
  /** Of the certificate the token is bound to. */
  readonly thumbprint: string
  readonly request: RequestFacts
}

/**
 * Checks that the caller has the certificate a token is bound to (RFC 8705 section 3). Whether the certificate is valid in
 * any other way does not matter here: who holds its key is known from the TLS handshake.
 */
export function proveCertificate(
  { thumbprint, request }: CertificateClaim,
  settings: MtlsSettings | undefined,
): void {
  const shown = settings?.certificate(request)
  if (shown === undefined) throw new Refusal('certificate_missing')
  const certificate = readCertificate(shown)
  if (
    certificate === undefined ||
    !isSameText(thumbprint, hash('sha256', certificate.raw, 'base64url'))
  ) {
    throw new Refusal('binding_mismatch')
  }
}
