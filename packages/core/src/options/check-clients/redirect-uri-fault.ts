import type { ApplicationType } from '../../stores/client.js'
import { absoluteUriFault } from '../absolute-uri-fault.js'
import { transportFault } from '../transport-fault.js'

/** Schemes that a browser or the system acts on itself: what is sent there reaches no application, or runs as a script. */
const foreignSchemes: ReadonlySet<string> = new Set([
  'about',
  'blob',
  'data',
  'file',
  'ftp',
  'javascript',
  'mailto',
  'ssh',
  'tel',
  'view-source',
  'ws',
  'wss',
])

function privateSchemeFault(scheme: string, applicationType: ApplicationType): string | undefined {
  if (applicationType !== 'native') {
    return `the scheme '${scheme}' is for applications that are installed on a device: use https, or set applicationType to 'native'`
  }
  if (scheme.includes('.')) return undefined
  return `any application could claim the scheme '${scheme}': base it on a domain name of yours, e.g. com.example.app (RFC 8252 section 7.1)`
}

/** Finds out why a browser must not be sent to a URI (RFC 6749 section 3.1.2, RFC 9700 section 4.1). */
export function redirectUriFault(
  uri: string,
  applicationType: ApplicationType,
): string | undefined {
  const fault = absoluteUriFault(uri)
  if (fault !== undefined) return fault
  if (uri.includes('*')) {
    return 'it is compared character by character, so there are no wildcards: list every URI (RFC 9700 section 4.1.3)'
  }
  const url = new URL(uri)
  const scheme = url.protocol.slice(0, -1)
  if (foreignSchemes.has(scheme)) return `the scheme '${scheme}' leads to no application: use https`
  if (scheme === 'https' || scheme === 'http') return transportFault(url)
  return privateSchemeFault(scheme, applicationType)
}
