import { problemAt } from '../problem-at.js'
import type { ClientCheck } from './client-check.js'

/** The origin that a browser would send for a URL (RFC 6454 section 6.2). */
function originOf(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined
  const { protocol, host } = new URL(url)
  return host === '' ? undefined : `${protocol}//${host.toLowerCase()}`
}

function originFault(text: string): string | undefined {
  if (text.includes('*')) return 'there are no wildcards: list every origin'
  const origin = originOf(text)
  if (origin === text) return undefined
  return origin === undefined
    ? 'it is no origin: write scheme://host or scheme://host:port'
    : `browsers never send it in this form: write '${origin}'`
}

/** Finds origins that never equal what a browser sends. */
export const checkCorsOrigins: ClientCheck = ({ allowedCorsOrigins = [] }, path) =>
  allowedCorsOrigins.flatMap((origin, index) =>
    problemAt(`${path}.allowedCorsOrigins[${index}]`, originFault(origin)),
  )
