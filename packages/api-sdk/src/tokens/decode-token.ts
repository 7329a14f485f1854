import { Refusal } from '../errors/refusal.js'
import { isRecord } from '../is-record.js'
import { isAccessTokenAlgorithm } from './algorithms.js'
import type { AccessTokenAlgorithm } from './algorithms.js'
import { decodeSegment, isCanonicalBase64url } from './decode-segment.js'
import { sealJson } from './seal-json.js'

/** Claims by name, frozen all the way down and without a prototype. */
export type Claims = Readonly<Record<string, unknown>>

/** What a token says about its own signature, checked as far as that is possible without a key. */
export interface TokenHeader {
  readonly alg: AccessTokenAlgorithm
  readonly kid: string | undefined
}

/** A token that has the shape of a JWT access token. Nobody knows yet who made it. */
export interface DecodedToken {
  readonly header: TokenHeader
  readonly claims: Claims
}

/** The most characters an identifier in a token may have. */
export const longestIdentifier = 256

const types: ReadonlySet<unknown> = new Set(['at+jwt', 'application/at+jwt'])

// Counts the dots before anything is split: a token may be 16 KiB of them.
function splitToken(token: string): readonly [string, string] {
  const first = token.indexOf('.')
  const second = token.indexOf('.', first + 1)
  if (first < 1 || second < 0 || token.includes('.', second + 1)) {
    throw new Refusal('malformed_token')
  }
  const header = token.slice(0, first)
  const payload = token.slice(first + 1, second)
  const segments = [header, payload, token.slice(second + 1)]
  if (!segments.every(isCanonicalBase64url)) throw new Refusal('malformed_token')
  return [header, payload]
}

function decodeObject(segment: string): Claims {
  try {
    const value = sealJson(decodeSegment(segment))
    if (isRecord(value)) return value
  } catch {
    // Without its cause: a JSON parser quotes what it could not parse, and no event may hold any of a token.
  }
  throw new Refusal('malformed_token')
}

/** Checks a header (RFC 9068 section 4, RFC 8725 sections 3.1 and 3.11). `jku`, `jwk` and `x5u` are not even read. */
function readHeader({ typ, alg, kid, crit, b64 }: Claims): TokenHeader {
  if (typeof typ !== 'string' || !types.has(typ.toLowerCase())) throw new Refusal('wrong_type')
  if (!isAccessTokenAlgorithm(alg)) throw new Refusal('algorithm_not_allowed')
  // RFC 7515 section 4.1.11: extensions that are not understood. None is.
  if (crit !== undefined || b64 !== undefined) throw new Refusal('unsupported_header')
  if (kid !== undefined && (typeof kid !== 'string' || kid.length > longestIdentifier)) {
    throw new Refusal('unknown_key')
  }
  return { alg, kid }
}

/** Takes a token apart and checks everything about it that needs neither key nor clock. */
export function decodeToken(token: string): DecodedToken {
  const [header, payload] = splitToken(token)
  return { header: readHeader(decodeObject(header)), claims: decodeObject(payload) }
}
