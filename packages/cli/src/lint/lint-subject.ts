import type { Client } from '@bailiwick/core'
import { standardIdentityResources } from '@bailiwick/protocol'
import type {
  ApiResource,
  ApiScope,
  ApiScopeEntry,
  IdentityResource,
  IdentityResourceEntry,
} from '@bailiwick/protocol'
import type { Configuration } from '../configuration/configuration.js'
import type { User } from '../configuration/user.js'
import { isLoopback } from '../configuration/is-loopback.js'

/** The part of a configuration that rules look at. The options of a server have it too, with the resources one level up. */
export type LintedConfiguration = Pick<
  Configuration,
  | 'issuer'
  | 'identityResources'
  | 'apiScopes'
  | 'apiResources'
  | 'clients'
  | 'users'
  | 'emitStaticAudienceClaim'
>

/** An entry of a list in a configuration. */
export interface Entry<Value> {
  /** `clients[0]` */
  readonly path: string
  readonly value: Value
}

/** A configuration as rules look at it: names became objects, and what is disabled is left out. */
export interface LintSubject {
  readonly configuration: LintedConfiguration
  readonly now: Date
  /** Whether others than the machine itself reach the server. */
  readonly isPublic: boolean
  readonly identityResources: readonly Entry<IdentityResource>[]
  readonly apiScopes: readonly Entry<ApiScope>[]
  readonly apiResources: readonly Entry<ApiResource>[]
  readonly clients: readonly Entry<Client>[]
  readonly users: readonly Entry<User>[]
}

const entriesOf = <Value>(name: string, values: readonly Value[] = []): readonly Entry<Value>[] =>
  values.map((value, index) => ({ path: `${name}[${index}]`, value }))

const isEnabled = ({ value }: Entry<{ readonly enabled?: boolean }>): boolean =>
  value.enabled ?? true

const toIdentityResource = (entry: IdentityResourceEntry): IdentityResource =>
  typeof entry === 'string' ? standardIdentityResources[entry] : entry

const toApiScope = (entry: ApiScopeEntry): ApiScope =>
  typeof entry === 'string' ? { name: entry } : entry

/** Prepares a configuration for rules. */
export function createLintSubject(configuration: LintedConfiguration, now: Date): LintSubject {
  const { issuer, identityResources, apiScopes, apiResources, clients, users } = configuration
  return {
    configuration,
    now,
    isPublic: issuer !== undefined && !isLoopback(issuer),
    identityResources: entriesOf(
      'identityResources',
      identityResources?.map(toIdentityResource),
    ).filter(isEnabled),
    apiScopes: entriesOf('apiScopes', apiScopes?.map(toApiScope)).filter(isEnabled),
    apiResources: entriesOf('apiResources', apiResources).filter(isEnabled),
    clients: entriesOf('clients', clients).filter(isEnabled),
    users: entriesOf('users', users),
  }
}
