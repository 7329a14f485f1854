import { isProtocolClaim } from '@bailiwick/protocol'
import { claimUses } from '../claim-uses.js'
import type { ClaimUse } from '../claim-uses.js'
import type { LintRule } from '../lint-rule.js'

/** OpenID Connect Core section 5.4 has `sub` among the claims of `openid`. */
const isOfOpenid = ({ name, kind }: ClaimUse): boolean => name === 'sub' && kind === 'identity'

/** Finds claims that are listed although the server alone decides on them. */
export const protocolClaim: LintRule = {
  id: 'protocol-claim',
  severity: 'warning',
  title: 'a claim of the protocol among userClaims',
  why: 'Only the server sets claims such as sub, aud, scope and acr, and it sets them whether they are listed or not. What a user has under such a name is left out.',
  check: (subject) =>
    claimUses(subject)
      .filter((use) => isProtocolClaim(use.name) && !isOfOpenid(use))
      .map(({ path, name }) => ({
        path,
        message: `'${name}' is set by the server alone, so listing it does nothing`,
        fix: `remove '${name}'; if the user has something else of that name, call it otherwise`,
      })),
}
