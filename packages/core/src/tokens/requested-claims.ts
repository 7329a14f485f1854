import { OAuthError } from '@bailiwick/protocol'
import type { Parameters } from '../http/parameters.js'
import { quoted } from '../http/quoted.js'
import type { JsonValue } from '../stores/store.js'

/** How one claim is asked for (OpenID Connect Core 1.0 section 5.5.1). */
export interface ClaimRequest {
  readonly essential?: boolean
  /** The only value that is of use. */
  readonly value?: JsonValue
  /** The values that are of use, the most wanted first. */
  readonly values?: readonly JsonValue[]
}

/** Claims that are asked for one by one, by where they are to go. It is JSON, to be kept with a code or refresh token. */
export interface RequestedClaims {
  readonly userinfo: Readonly<Record<string, ClaimRequest>>
  readonly idToken: Readonly<Record<string, ClaimRequest>>
}

/** The most characters of a `claims` parameter: it is kept for as long as its refresh token lives. */
const longest = 4000

const invalid = (description: string): OAuthError =>
  new OAuthError('invalid_request', { description })

type JsonObject = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

// What comes out of JSON.parse is JSON.
const isJson = (value: unknown): value is JsonValue => value !== undefined

function readClaim(name: string, request: unknown): ClaimRequest {
  if (request === null) return {}
  if (!isObject(request)) throw invalid(`claims: ${quoted(name)} must be null or an object`)
  const { essential, value, values } = request
  if (essential !== undefined && typeof essential !== 'boolean') {
    throw invalid(`claims: 'essential' of ${quoted(name)} must be true or false`)
  }
  if (values !== undefined && !Array.isArray(values)) {
    throw invalid(`claims: 'values' of ${quoted(name)} must be a list`)
  }
  return {
    ...(essential !== undefined && { essential }),
    ...(isJson(value) && { value }),
    ...(values !== undefined && { values: values.filter(isJson) }),
  }
}

function readClaims(member: string, requests: unknown): RequestedClaims['userinfo'] {
  if (requests === undefined || requests === null) return {}
  if (!isObject(requests)) throw invalid(`claims: '${member}' must be null or an object`)
  // No claim has this name, and what a store's own parser makes of it cannot be foreseen.
  if (Object.hasOwn(requests, '__proto__')) throw invalid(`claims: '__proto__' is not allowed`)
  return Object.fromEntries(
    Object.entries(requests).map(([name, request]) => [name, readClaim(name, request)]),
  )
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw invalid('claims is not JSON')
  }
}

/**
 * Reads the `claims` parameter (OpenID Connect Core 1.0 section 5.5); `undefined` when it is absent. Members that are
 * not defined there are ignored, as it asks. Whether the client may have the claims is not looked at here.
 *
 * @throws OAuthError `invalid_request` that tells where it is not as it should be.
 */
export function readRequestedClaims(parameters: Parameters): RequestedClaims | undefined {
  const text = parameters.get('claims')
  if (text === undefined) return undefined
  if (text.length > longest) throw invalid(`claims is longer than ${longest} characters`)
  const claims = parse(text)
  if (!isObject(claims)) throw invalid('claims must be a JSON object')
  return {
    userinfo: readClaims('userinfo', claims['userinfo']),
    idToken: readClaims('id_token', claims['id_token']),
  }
}
