import type { ConfigurationProblem } from '@bailiwick/protocol'
import { problemAt } from './problem-at.js'
import { transportFault } from './transport-fault.js'

function issuerFault(issuer: string): string | undefined {
  if (!URL.canParse(issuer)) return 'it is no URL'
  const url = new URL(issuer)
  const { search, hash, username, password } = url
  if (issuer.includes('?') || issuer.includes('#') || search !== '' || hash !== '') {
    return 'it must have neither query nor fragment (RFC 8414 section 2)'
  }
  if (username !== '' || password !== '') return 'it must not hold credentials'
  return transportFault(url)
}

/** Finds out why something cannot be an issuer (RFC 8414 section 2). */
export function checkIssuer(issuer: string): readonly ConfigurationProblem[] {
  return problemAt('issuer', issuerFault(issuer))
}
