import { Refusal } from '../errors/refusal.js'
import { isRecord } from '../is-record.js'
import { isAccessTokenAlgorithm } from './algorithms.js'
import type { AccessTokenAlgorithm } from './algorithms.js'
import { decodeSegment, isCanonicalBase64url } from './decode-segment.js'
import { sealObject } from './seal-object.js'

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
  /** What the signature is over (RFC 7515 section 5.2). */
  readonly signingInput: string
  /** In base64url. */
  readonly signature: string
}

/** The most characters an identifier in a token may have. */
export const longestIdentifier = 256

const types: ReadonlySet<unknown> = new Set(['at+jwt', 'application/at+jwt'])

// Three segments of base64url digits (RFC 7515 section 7.1). A class and the dot after it have nothing in common, so
// that 16 KiB of dots take no longer than 16 KiB of anything.
const compactJws = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/

function splitToken(token: string): readonly [header: string, payload: string, signature: string] {
  const [, header = '', payload = '', signature = ''] = compactJws.exec(token) ?? []
  const segments = [header, payload, signature] as const
  if (header === '' || !segments.every(isCanonicalBase64url)) throw new Refusal('malformed_token')
  return segments
}

/** Decodes a segment that is an object. What only its own members matter of, needs no {@link sealObject}. */
function decodeObject(
  segment: string,
  prepare: (members: Claims) => Claims = (members) => members,
): Claims {
  try {
    const value = decodeSegment(segment)
    if (isRecord(value)) return prepare(value)
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
  const [header, payload, signature] = splitToken(token)
  return {
    header: readHeader(decodeObject(header)),
    claims: decodeObject(payload, sealObject),
    signingInput: token.slice(0, header.length + 1 + payload.length),
    signature,
  }
}
