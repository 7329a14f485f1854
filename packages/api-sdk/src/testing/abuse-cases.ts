import type { AbuseCase } from './abuse-case.js'
import { boundTokenCases } from './abuse-cases/bound-tokens.js'
import { registeredClaimCases } from './abuse-cases/claims.js'
import { credentialCases } from './abuse-cases/credentials.js'
import { keyCases } from './abuse-cases/keys.js'
import { partyCases } from './abuse-cases/parties.js'
import { scopeCases } from './abuse-cases/scopes.js'
import { tokenShapeCases } from './abuse-cases/token-shape.js'

export { dpopAbuseCases } from './abuse-cases/dpop.js'
export { everyMethodAbuseCases } from './abuse-cases/every-method.js'
export { optionalGuardAbuseCases } from './abuse-cases/optional-guard.js'
export { referenceTokenAbuseCases } from './abuse-cases/reference-tokens.js'

/** What every guard that needs a scope has to withstand, and to let pass. */
export const abuseCases: readonly AbuseCase[] = [
  ...credentialCases,
  ...tokenShapeCases,
  ...keyCases,
  ...registeredClaimCases,
  ...partyCases,
  ...scopeCases,
  ...boundTokenCases,
]
