import { createHash, timingSafeEqual } from 'node:crypto'
import type { HttpRequest } from '@bailiwick/protocol'

const digestOf = (password: string): Buffer => createHash('sha256').update(password).digest()

/** The password of `Authorization: Basic`, whatever the user name is (RFC 7617 section 2). */
function sentPassword({ headers }: HttpRequest): string | undefined {
  const { authorization } = headers
  if (typeof authorization !== 'string') return undefined
  const [, credentials] = /^basic +([\w+/.~-]+=*)$/i.exec(authorization) ?? []
  if (credentials === undefined) return undefined
  const text = Buffer.from(credentials, 'base64').toString()
  const colon = text.indexOf(':')
  return colon === -1 ? undefined : text.slice(colon + 1)
}

/** Makes the check of one password, whose time does not tell how much of it was right. */
export function createPasswordCheck(password: string): (request: HttpRequest) => boolean {
  const expected = digestOf(password)
  return (request) => {
    const sent = sentPassword(request)
    return sent !== undefined && timingSafeEqual(digestOf(sent), expected)
  }
}
