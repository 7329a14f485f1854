import { Buffer } from 'node:buffer'
import { Refusal } from '../errors/refusal.js'
import { isRecord } from '../is-record.js'
import type { Limits } from '../options/limit-options.js'
import { isAccessTokenAlgorithm } from './algorithms.js'
import type { AccessTokenAlgorithm } from './algorithms.js'
import { decodeSegment, isCanonicalBase64url } from './decode-segment.js'
import { sealObject } from './seal-object.js'

/** Claims by name, frozen all the way down. They inherit nothing. */
export type Claims = Readonly<Record<string, unknown>>

/** What a token says about its own signature, checked as far as that is possible without a key. */
export interface TokenHeader {
  readonly alg: AccessTokenAlgorithm
  readonly kid: string | undefined
}

interface TypedHeader extends TokenHeader {
  /** In lower case. */
  readonly typ: string | undefined
}

/** A token that has the shape of a JWT access token. Nobody knows yet who made it. */
export interface DecodedToken {
  readonly header: TypedHeader
  readonly claims: Claims
  /** What the signature is over (RFC 7515 section 5.2). */
  readonly signingInput: string
  /** In base64url. */
  readonly signature: string
}

// Three segments of base64url digits (RFC 7515 section 7.1). A class and the dot after it have nothing in common, so
// that dots take no longer than anything else.
const compactJws = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/

function splitToken(token: string): readonly [header: string, payload: string, signature: string] {
  const [, header = '', payload = '', signature = ''] = compactJws.exec(token) ?? []
  const segments = [header, payload, signature] as const
  if (header === '' || !segments.every(isCanonicalBase64url)) throw new Refusal('malformed_token')
  return segments
}

/** Decodes a segment that is an object. Without depth it is not sealed, for what only its own members matter of. */
function decodeObject(segment: string, depth?: number): Claims {
  try {
    const value = decodeSegment(segment)
    if (isRecord(value)) return depth === undefined ? value : sealObject(value, depth)
  } catch {
    // Without its cause: a JSON parser quotes what it could not parse, and no event may hold any of a token.
  }
  throw new Refusal('malformed_token')
}

/** What the header of a token may say. */
export interface HeaderRules {
  /** The types of all issuers, in lower case. */
  readonly types: ReadonlySet<string | undefined>
  /** Parameters that may not be there. */
  readonly forbidden: readonly string[]
  readonly kid: 'required' | 'optional'
}

/** Refuses a type that is not among those accepted. `wrong_type` tells a client of `at+jwt`, which is not always one. */
export function checkType(typ: unknown, types: HeaderRules['types']): string | undefined {
  const type = typeof typ === 'string' ? typ.toLowerCase() : typ
  if ((type === undefined || typeof type === 'string') && types.has(type)) return type
  throw new Refusal(types.has('at+jwt') ? 'wrong_type' : 'not_an_access_token')
}

/**
 * Checks a header (RFC 9068 section 4, RFC 8725 sections 3.1 and 3.11). What `jku`, `jwk` and `x5u` say is not even read.
 */
function readHeader(
  header: Claims,
  { types, forbidden, kid: needsKid }: HeaderRules,
  { identifier }: Pick<Limits, 'identifier'>,
): TypedHeader {
  const { alg, kid, crit, b64 } = header
  const typ = checkType(header['typ'], types)
  if (!isAccessTokenAlgorithm(alg)) throw new Refusal('algorithm_not_allowed')
  // RFC 7515 section 4.1.11: extensions that are not understood. None is.
  const isForbidden = forbidden.some((name) => header[name] !== undefined)
  if (crit !== undefined || b64 !== undefined || isForbidden) {
    throw new Refusal('unsupported_header')
  }
  if (kid === undefined && needsKid === 'required') throw new Refusal('unknown_key')
  if (kid !== undefined && (typeof kid !== 'string' || kid.length > identifier)) {
    throw new Refusal('unknown_key')
  }
  return { typ, alg, kid }
}

/** Takes a token apart and checks everything about it that needs neither key nor clock. */
export type DecodeToken = (token: string) => DecodedToken

/**
 * Makes the step that decodes tokens. The header of the last one is remembered, because all tokens that were signed with
 * one key have the same.
 */
export function tokenDecoder(
  rules: HeaderRules,
  limits: Pick<Limits, 'identifier' | 'depth'>,
): DecodeToken {
  let last: { readonly segment: string; readonly header: TypedHeader } | undefined
  const headerOf = (segment: string): TypedHeader => {
    if (last?.segment !== segment) {
      const header = readHeader(decodeObject(segment), rules, limits)
      // A copy, because a part of a text can keep the whole of it in memory: the token.
      last = { segment: Buffer.from(segment, 'latin1').toString('latin1'), header }
    }
    return last.header
  }
  return (token) => {
    const [header, payload, signature] = splitToken(token)
    return {
      header: headerOf(header),
      claims: decodeObject(payload, limits.depth),
      signingInput: token.slice(0, header.length + 1 + payload.length),
      signature,
    }
  }
}
