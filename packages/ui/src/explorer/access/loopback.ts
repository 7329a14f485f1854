import type { HttpRequest } from '@bailiwick/protocol'

/** Whether a host name, as it stands in a URL, is one of this machine. */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname)
}

const isLoopbackAddress = (address: string): boolean =>
  address === '::1' || /^(?:::ffff:)?127(?:\.\d{1,3}){3}$/i.test(address)

const forwardingFields = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via']

/** Whether a request comes from this machine, and from a page that was asked for under a name of this machine. */
export function isFromLoopback({ headers, remoteAddress = '' }: HttpRequest): boolean {
  const { host } = headers
  if (!isLoopbackAddress(remoteAddress)) return false
  // For a proxy on this machine everybody is here.
  if (forwardingFields.some((field) => headers[field] !== undefined)) return false
  // A site elsewhere may let its own name lead here, and read what its visitors' browsers get (DNS rebinding).
  return (
    typeof host === 'string' &&
    URL.canParse(`http://${host}`) &&
    isLoopbackHost(new URL(`http://${host}`).hostname)
  )
}
