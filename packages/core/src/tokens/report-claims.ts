import { isProtocolClaim } from '@bailiwick/protocol'
import type { ClaimLeftOut, ClaimSource, ClaimTarget, Report } from '../decision.js'

/** Something in the configuration that lists claims. */
interface Listing {
  readonly name: string
  readonly userClaims?: readonly string[]
}

/** The claims that are asked for, and who asks. */
export type AskedClaims = ReadonlyMap<string, readonly ClaimSource[]>

/** Which claims go where, and which of them have been found. */
export interface ClaimsReport {
  readonly target: ClaimTarget
  readonly asked: AskedClaims
  readonly given: Readonly<Record<string, unknown>>
  /** Why one that the protocol does not own is not among those given. */
  readonly otherwise: (claim: string) => ClaimLeftOut['reason']
}

/** Groups what lists claims by claim. */
export function askedClaims(
  listings: readonly (readonly [kind: ClaimSource['kind'], listing: Listing])[],
): AskedClaims {
  const asked = new Map<string, ClaimSource[]>()
  for (const [kind, { name, userClaims = [] }] of listings) {
    for (const claim of new Set(userClaims)) {
      const sources = asked.get(claim) ?? []
      asked.set(claim, sources)
      sources.push({ kind, name })
    }
  }
  return asked
}

/** Reports for each claim that was asked for whether it is given, or why not. */
export function reportClaims(
  { target, asked, given, otherwise }: ClaimsReport,
  report: Report,
): void {
  for (const [claim, sources] of asked) {
    if (Object.hasOwn(given, claim)) report({ type: 'claim_included', target, claim, sources })
    else {
      const reason = isProtocolClaim(claim) ? 'of_protocol' : otherwise(claim)
      report({ type: 'claim_left_out', target, claim, sources, reason })
    }
  }
}
