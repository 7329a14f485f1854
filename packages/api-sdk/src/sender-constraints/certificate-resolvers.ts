import { ConfigurationError } from '@bailiwick/protocol'
import { callable, fieldName, members } from '../options/checks.js'
import type { RequestFacts } from '../request-facts.js'
import { decide } from '../requirements/predicate.js'
import type { CertificateResolver } from './prove-certificate.js'

/** Where a proxy writes the certificate of the client. */
export interface HeaderCertificateOptions {
  /** The name of the header field, e.g. `client-cert` (RFC 9440). */
  readonly header: string
  /**
   * Tells whether a request comes from the proxy, e.g. by `peerAddress` or by a secret that only the proxy knows. Whoever
   * reaches the API past it could write any certificate into the header. When it throws, or returns anything but a boolean,
   * the request is answered with 503.
   */
  readonly trusted: (request: RequestFacts) => boolean
}

const checkHeaderOptions = members({
  header: fieldName,
  trusted: callable,
})

/**
 * Takes the certificate of the TLS connection, for an API to which clients connect themselves, on Express and Koa. The
 * server has to ask for one: `createServer({ requestCert: true, rejectUnauthorized: false, … })`.
 */
export function tlsCertificate(): CertificateResolver {
  return (request) => request.clientCertificate?.()
}

/**
 * Takes the certificate that a proxy has written into a header field: PEM, percent-encoded PEM, or the form of RFC 9440.
 * The proxy has to remove the field from what clients send.
 *
 * @example
 * ```ts
 * headerCertificate({ header: 'client-cert', trusted: ({ peerAddress }) => peerAddress?.() === '10.0.0.2' })
 * ```
 * @throws ConfigurationError without `trusted`, and for what is no name of a header field.
 */
export function headerCertificate(options: HeaderCertificateOptions): CertificateResolver {
  const problems = checkHeaderOptions(options, 'headerCertificate')
  if (problems.length > 0) throw new ConfigurationError(problems)
  const { trusted } = options
  const name = options.header.toLowerCase()
  return (request) => {
    const { [name]: field } = request.headers
    if (field === undefined || !decide(trusted, request)) return undefined
    return typeof field === 'string' ? field : field.join(', ')
  }
}
