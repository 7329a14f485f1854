import { members, optional, wholeNumber } from './checks.js'
import type { Check } from './checks.js'
import type { LimitOptions } from './limit-options.js'

const upTo = (most: number): Check => optional(wholeNumber(most))

const limitChecks: { readonly [Name in keyof LimitOptions]-?: Check } = {
  token: upTo(1024 ** 2),
  proof: upTo(64 * 1024),
  identifier: upTo(4096),
  document: upTo(16 * 1024 ** 2),
  keys: upTo(1000),
  // Each level takes some frames of the stack, which must not overflow while a request is answered.
  depth: upTo(256),
}

/** Checks `limits`. */
export const limits: Check = members(limitChecks)
