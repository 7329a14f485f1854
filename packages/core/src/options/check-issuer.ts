import type { ConfigurationProblem } from '@bailiwick/protocol'

const loopback: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost'])

function issuerFault(issuer: string): string | undefined {
  if (!URL.canParse(issuer)) return 'it is no URL'
  const { protocol, hostname, search, hash, username, password } = new URL(issuer)
  if (issuer.includes('?') || issuer.includes('#') || search !== '' || hash !== '') {
    return 'it must have neither query nor fragment (RFC 8414 section 2)'
  }
  if (username !== '' || password !== '') return 'it must not hold credentials'
  if (protocol === 'https:' || (protocol === 'http:' && loopback.has(hostname))) return undefined
  return 'it must begin with https://; plain http is for loopback addresses only'
}

/** Finds out why something cannot be an issuer (RFC 8414 section 2). */
export function checkIssuer(issuer: string): readonly ConfigurationProblem[] {
  const message = issuerFault(issuer)
  return message === undefined ? [] : [{ path: 'issuer', message }]
}
