import { isLoopback } from './is-loopback.js'

/** Finds out whether others could read what is sent to a URL (RFC 9700 section 4.1.1): https, or http that never leaves. */
export function transportFault({
  protocol,
  hostname,
}: Pick<URL, 'protocol' | 'hostname'>): string | undefined {
  if (protocol === 'https:' || (protocol === 'http:' && isLoopback({ hostname }))) return undefined
  return 'it must begin with https://; plain http is for loopback addresses only'
}
