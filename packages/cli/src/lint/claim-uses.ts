import type { LintSubject } from './lint-subject.js'

/** A place at which a resource asks for a claim. */
export interface ClaimUse {
  readonly path: string
  readonly name: string
  readonly kind: 'identity' | 'api'
}

interface Claiming {
  readonly path: string
  readonly value: { readonly userClaims?: readonly string[] }
}

const usesOf = (entries: readonly Claiming[], kind: ClaimUse['kind']): readonly ClaimUse[] =>
  entries.flatMap(({ path, value: { userClaims = [] } }) =>
    userClaims.map((name, index) => ({ path: `${path}.userClaims[${index}]`, name, kind })),
  )

/** Every claim about the user that a resource lists. */
export function claimUses({
  identityResources,
  apiScopes,
  apiResources,
}: LintSubject): readonly ClaimUse[] {
  return [
    ...usesOf(identityResources, 'identity'),
    ...usesOf(apiScopes, 'api'),
    ...usesOf(apiResources, 'api'),
  ]
}
