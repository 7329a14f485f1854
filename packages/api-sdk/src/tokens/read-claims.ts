import { Refusal } from '../errors/refusal.js'
import type { Limits } from '../options/limit-options.js'
import type { Claims } from './decode-token.js'

// The latest moment a Date can hold. What lies beyond is a mistake or an attempt to never expire.
const latest = 8_640_000_000_000

/** A claim that is a non-empty string, or undefined when the token does not have it. */
export function readText(claims: Claims, name: string): string | undefined {
  const value = claims[name]
  if (value === undefined) return undefined
  if (typeof value !== 'string' || value === '') throw new Refusal('malformed_claim')
  return value
}

/** A claim that is a `NumericDate` (RFC 7519 section 2) after 1970, or undefined when the token does not have it. */
export function readTime(claims: Claims, name: string): number | undefined {
  const value = claims[name]
  if (value === undefined) return undefined
  if (typeof value !== 'number' || !(value > 0 && value <= latest)) {
    throw new Refusal('malformed_claim')
  }
  return value
}

/** Refuses a token that lacks a claim. */
export function required<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Refusal('missing_claim')
  return value
}

/** The identifier of the token (RFC 7519 section 4.1.7), or undefined when it has none. */
export function readIdentifier(
  claims: Claims,
  limits: Pick<Limits, 'identifier'>,
): string | undefined {
  const identifier = readText(claims, 'jti')
  if (identifier !== undefined && identifier.length > limits.identifier) {
    throw new Refusal('malformed_claim')
  }
  return identifier
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

/** The audiences of the token, of which there is at least one (RFC 7519 section 4.1.3), or undefined without any. */
export function readAudiences(claims: Claims): readonly string[] | undefined {
  const value = claims['aud']
  if (value === undefined) return undefined
  if (isText(value)) return Object.freeze([value])
  if (!Array.isArray(value) || value.length === 0 || !value.every(isText)) {
    throw new Refusal('malformed_claim')
  }
  return value
}
