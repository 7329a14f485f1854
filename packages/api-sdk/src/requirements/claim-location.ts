import { isRecord } from '../is-record.js'
import type { ClaimPath } from './claim-path.js'
import { reject } from './requirement.js'

/** Where a requirement finds what it compares. */
export interface ClaimLocation {
  /** The claim, or the path to it, when it is not the usual one. */
  readonly at?: ClaimPath
}

/** Throws a ConfigurationError for other options: a misspelt one would look elsewhere. */
export function checkClaimLocation(builder: string, options: unknown): void {
  if (isRecord(options) && Object.keys(options).every((name) => name === 'at')) return
  reject(builder, 'the second argument is { at }: write several names as a list')
}
