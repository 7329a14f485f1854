import { isProtocolClaim, standardIdentityResources } from '@bailiwick/protocol'
import { claimUses } from '../claim-uses.js'
import { likenessOf, readingOf } from '../likeness.js'
import type { LintRule } from '../lint-rule.js'

const standardClaims: ReadonlySet<string> = new Set(
  Object.values(standardIdentityResources).flatMap(({ userClaims }) => [...userClaims]),
)

/** Finds claims that no user of the configuration has. */
export const unknownClaim: LintRule = {
  id: 'unknown-claim',
  severity: 'warning',
  title: 'a claim that no user has',
  why: 'No token and no userinfo answer ever carries it, however often it is asked for. Claims of OpenID Connect Core section 5.1, which a user may or may not have, are not meant, and nothing is said where the configuration has no users.',
  check: (subject) => {
    if (subject.users.length === 0) return []
    const known = [
      ...new Set(subject.users.flatMap(({ value: { claims = {} } }) => Object.keys(claims))),
    ]
    const uses = claimUses(subject).filter(
      ({ name }) => !known.includes(name) && !standardClaims.has(name) && !isProtocolClaim(name),
    )
    return uses.map(({ path, name }) => {
      const similar = known.find(
        (claim) => likenessOf(readingOf(name), readingOf(claim)) !== undefined,
      )
      return {
        path,
        message: `no user has the claim '${name}'`,
        fix:
          similar === undefined
            ? `give a user a value for '${name}', or remove it`
            : `write '${similar}', which users have, or give a user a value for '${name}'`,
      }
    })
  },
}
