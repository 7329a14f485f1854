import type { ScopeDropped, ScopeRefused } from '../../decision.js'
import { atApi, atClient, atScope, enumerate, pathed, propertyOfScope } from './description.js'
import type { DescriptionContext, Descriptions } from './description.js'

const refusedBecause = {
  unknown: 'no scope of this name is declared and enabled',
  not_allowed: 'the client may not ask for it',
  needs_user: 'it is about a user, and this grant has none',
  malformed: 'it has not the form that its declaration asks for',
  not_granted: 'a refresh cannot ask for more than was granted',
} as const satisfies Record<ScopeRefused['reason'], string>

const pathOfRefusal = (
  { scope, reason }: ScopeRefused,
  context: DescriptionContext,
): string | undefined =>
  ({
    unknown: () => context.locator.scope(scope)?.path,
    not_allowed: () => atClient(context, propertyOfScope(scope)),
    needs_user: () => undefined,
    malformed: () => atScope(scope, context, 'parameter'),
    not_granted: () => undefined,
  })[reason]()

/** Why scopes are left out, where they are one or several. */
const droppedBecause: Readonly<
  Record<
    ScopeDropped['reason'],
    (what: { readonly it: string; readonly resource: string }) => string
  >
> = {
  not_listed: ({ it, resource }) => `the token is for ${resource}, which does not list ${it}`,
  withdrawn: () => 'what was granted once cannot be had any more',
  denied: ({ it }) => `the user does not allow ${it}`,
  not_asked: () => 'the refresh asks for others',
}

/** Says that scopes are granted. */
export const sayGranted = (scopes: readonly string[]): string =>
  scopes.length === 1
    ? `The scope ${enumerate(scopes)} is granted: the client may ask for it.`
    : `The scopes ${enumerate(scopes)} are granted: the client may ask for them.`

/** Says why scopes are left out: those with the same reason. */
export function sayDropped(
  scopes: readonly string[],
  { reason, resource = 'one API' }: Pick<ScopeDropped, 'reason' | 'resource'>,
): string {
  const [it, subject] =
    scopes.length === 1 ? (['it', 'The scope'] as const) : (['them', 'The scopes'] as const)
  const verb = scopes.length === 1 ? 'is' : 'are'
  return `${subject} ${enumerate(scopes)} ${verb} left out: ${droppedBecause[reason]({ it, resource })}.`
}

const ruleOfDrop = {
  not_listed: 'RFC 8707 section 2.2',
  withdrawn: 'RFC 6749 section 6',
  denied: 'RFC 6749 section 3.3',
  not_asked: 'RFC 6749 section 6',
} as const satisfies Record<ScopeDropped['reason'], string>

const pathOfDrop = (
  { scope, reason, resource }: ScopeDropped,
  context: DescriptionContext,
): string | undefined =>
  ({
    not_listed: () => {
      const isApiScope = context.locator.scope(scope)?.path.startsWith('apiScopes') === true
      return isApiScope && resource !== undefined ? atApi(resource, context, 'scopes') : undefined
    },
    withdrawn: () => atClient(context, propertyOfScope(scope)),
    denied: () => undefined,
    not_asked: () => undefined,
  })[reason]()

/** Puts in words which scopes a token has. */
export const describeScopes: Descriptions<
  'scopes_assumed' | 'scope_granted' | 'scope_refused' | 'scope_dropped'
> = {
  scopes_assumed: ({ scopes, reason }, context) => ({
    rule: 'RFC 6749 section 3.3',
    path: atClient(context, reason === 'default_scopes' ? 'defaultScopes' : 'allowedScopes'),
    sentence: `The request has no scope, so it is taken to ask for ${enumerate(scopes) || 'nothing'}.`,
  }),
  scope_granted: ({ scope }, context) => ({
    rule: propertyOfScope(scope),
    path: atClient(context, propertyOfScope(scope)),
    sentence: sayGranted([scope]),
  }),
  scope_refused: (decision, context) => ({
    rule: decision.reason === 'not_granted' ? 'RFC 6749 section 6' : 'RFC 6749 section 3.3',
    ...pathed(pathOfRefusal(decision, context)),
    sentence: `The scope ${decision.scope} is refused, and the whole request with it: ${refusedBecause[decision.reason]}.`,
  }),
  scope_dropped: (decision, context) => ({
    rule: ruleOfDrop[decision.reason],
    ...pathed(pathOfDrop(decision, context)),
    sentence: sayDropped([decision.scope], decision),
  }),
}
