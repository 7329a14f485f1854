import { createHmac, hash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { HttpRequest } from '@bailiwick/protocol'
import type { ServerContext } from '../context.js'
import { cookieFor, readCookie, writeCookie } from './cookies.js'
import type { CsrfTokens } from './csrf.js'

/** A browser, told from others by a cookie that it keeps from before anyone signs in until it is closed. */
export interface Browser {
  /** What is remembered of it: a hash, because its cookie is what other marks are derived from. */
  readonly mark: string
  /** For the answer; absent when the browser has its cookie already. */
  readonly setCookie: string | undefined
}

type Issuer = Pick<ServerContext, 'issuer'>

const cookieOf = ({ issuer }: Issuer) => cookieFor(issuer, 'bailiwick-browser')

const markOf = (value: string): string => hash('sha256', value, 'base64url')

/** Recognises the browser that sends a request, or gives it a cookie to be recognised by. */
export function recogniseBrowser(request: Pick<HttpRequest, 'headers'>, issuer: Issuer): Browser {
  const cookie = cookieOf(issuer)
  const value = readCookie(request, cookie)
  if (value !== undefined && value !== '') return { mark: markOf(value), setCookie: undefined }
  const created = randomBytes(32).toString('base64url')
  return { mark: markOf(created), setCookie: writeCookie(cookie, created) }
}

/** Tells whether a request comes from the browser with this mark. */
export function isBrowser(
  mark: string,
  request: Pick<HttpRequest, 'headers'>,
  issuer: Issuer,
): boolean {
  const value = readCookie(request, cookieOf(issuer))
  return value !== undefined && markOf(value) === mark
}

/** Derives the tokens of forms from the cookie of the browser, which other sites can neither read nor set. */
export function createCsrfTokens(issuer: Issuer): CsrfTokens {
  const create: CsrfTokens['create'] = (request, purpose) => {
    const value = readCookie(request, cookieOf(issuer))
    if (value === undefined || value === '') return undefined
    return createHmac('sha256', value).update(purpose).digest('base64url')
  }
  return {
    create,
    isValid(request, purpose, token = '') {
      const expected = Buffer.from(create(request, purpose) ?? '')
      const presented = Buffer.from(token)
      return (
        expected.length > 0 &&
        expected.length === presented.length &&
        timingSafeEqual(expected, presented)
      )
    },
  }
}
