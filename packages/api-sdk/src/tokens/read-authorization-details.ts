import { Refusal } from '../errors/refusal.js'
import { isRecord } from '../is-record.js'
import type { Claims } from './decode-token.js'

/** One thing the token allows, in the terms of its type (RFC 9396 section 2). */
export interface AuthorizationDetail {
  readonly type: string
  readonly [member: string]: unknown
}

const isDetail = (value: unknown): value is AuthorizationDetail =>
  isRecord(value) && typeof value['type'] === 'string' && value['type'] !== ''

const none: readonly AuthorizationDetail[] = Object.freeze([])

/** The authorization details of a token (RFC 9396 section 9.1). A token may have none, but no malformed ones. */
export function readAuthorizationDetails(claims: Claims): readonly AuthorizationDetail[] {
  const value = claims['authorization_details']
  if (value === undefined) return none
  if (!Array.isArray(value) || !value.every(isDetail)) throw new Refusal('malformed_claim')
  return value
}
