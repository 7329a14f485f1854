import type { ClaimSource, ClaimTarget, Decision } from '../../decision.js'
import type { Locator } from '../locator.js'

/** What a decision says to people. */
export interface DecisionDescription {
  /** What it follows: a section of an RFC, or a property of the configuration. */
  readonly rule: string
  /** Where in the configuration it comes from, e.g. `apiResources[1].requireResourceIndicator`. */
  readonly path?: string
  /** In one plain sentence. */
  readonly sentence: string
}

/** What descriptions need to know besides the decision. */
export interface DescriptionContext {
  readonly clientId: string
  readonly locator: Locator
}

/** Puts decisions of one type in words. */
export type DescriptionOf<Type extends Decision['type']> = (
  decision: Extract<Decision, { readonly type: Type }>,
  context: DescriptionContext,
) => DecisionDescription

/** Puts decisions in words, by type. */
export type Descriptions<Type extends Decision['type'] = Decision['type']> = {
  readonly [Key in Type]: DescriptionOf<Key>
}

/** `a`, `a and b`, `a, b and c`. */
export function enumerate(names: readonly string[]): string {
  const [last = '', ...others] = names.toReversed()
  return others.length === 0 ? last : `${others.toReversed().join(', ')} and ${last}`
}

/** What a token, or userinfo, is called. */
export const nameOfTarget = {
  access_token: 'the access token',
  id_token: 'the ID token',
  userinfo: 'userinfo',
} as const satisfies Record<ClaimTarget, string>

/** What asks for a claim. */
export const nameOfSource = ({ kind, name }: ClaimSource): string =>
  ({
    api_resource: `the API ${name}`,
    api_scope: `the scope ${name}`,
    identity_resource: `the identity resource ${name}`,
    client: `the client ${name}`,
    claims_parameter: 'the claims parameter of the request',
  })[kind]

/** Where the client of the request stands. */
export const clientPath = ({ clientId, locator }: DescriptionContext): string =>
  locator.client(clientId)?.path ?? 'clients'

/** Where a property of the client stands. */
export const atClient = (context: DescriptionContext, property: string): string =>
  `${clientPath(context)}.${property}`

/** Where a property of an API resource stands. */
export const atApi = (name: string, { locator }: DescriptionContext, property: string): string =>
  `${locator.api(name)?.path ?? 'apiResources'}.${property}`

/** Where a property of an API scope or identity resource stands. */
export const atScope = (name: string, { locator }: DescriptionContext, property: string): string =>
  `${locator.scope(name)?.path ?? 'apiScopes'}.${property}`

/** A path, where there is one. */
export const pathed = (path: string | undefined): { readonly path?: string } =>
  path === undefined ? {} : { path }

/** Which property of a client lets it have a scope. */
export const propertyOfScope = (scope: string): string =>
  scope === 'offline_access' ? 'allowOfflineAccess' : 'allowedScopes'
