import type { HttpRequest, HttpResponse } from '@bailiwick/protocol'

/** A cookie that only this server reads (RFC 6265bis). */
export interface Cookie {
  /** With the prefix `__Host-` on https, so that no other host and no plain http page can have set it. */
  readonly name: string
  readonly isSecure: boolean
}

/** Names a cookie as the scheme of the issuer demands. */
export function cookieFor(issuer: string, name: string): Cookie {
  const isSecure = issuer.startsWith('https:')
  return { name: isSecure ? `__Host-${name}` : name, isSecure }
}

// Not trim(), which takes more for space than browsers do: a sibling host can set a cookie whose name is a no-break
// space and then ours, and would so get around the prefix.
const leadingSpace = /^[ \t]+/

/** Reads the value of a cookie; `undefined` when the browser does not send it. */
export function readCookie(
  { headers }: Pick<HttpRequest, 'headers'>,
  { name }: Cookie,
): string | undefined {
  const pairs = [headers['cookie'] ?? []].flat().flatMap((header) => header.split(';'))
  const pair = pairs
    .map((text) => text.replace(leadingSpace, ''))
    .find((text) => text.startsWith(`${name}=`))
  return pair?.slice(name.length + 1)
}

// Lax: cookies are sent when a client's page leads the browser here, and not when it posts a form or loads a frame.
const attributes = '; Path=/; HttpOnly; SameSite=Lax'

/** Sets a cookie until the browser is closed: the value of `set-cookie`. */
export function writeCookie({ name, isSecure }: Cookie, value: string): string {
  return `${name}=${value}${attributes}${isSecure ? '; Secure' : ''}`
}

/** Deletes a cookie: the value of `set-cookie`. */
export function deleteCookie(cookie: Cookie): string {
  return `${writeCookie(cookie, '')}; Max-Age=0`
}

/** Adds cookies to those that an answer sets already. */
export function withCookies(
  { headers, ...response }: HttpResponse,
  cookies: readonly (string | undefined)[],
): HttpResponse {
  const values = [headers['set-cookie'] ?? [], ...cookies]
    .flat()
    .filter((cookie) => cookie !== undefined)
  return {
    ...response,
    headers: values.length > 0 ? { ...headers, 'set-cookie': values } : headers,
  }
}
