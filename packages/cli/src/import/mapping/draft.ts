import type { Client } from '@bailiwick/core'
import type { ApiResource, ApiScope, IdentityResource } from '@bailiwick/protocol'
import type { Configuration } from '../../configuration/configuration.js'
import type { Section } from '../sources/section.js'

/** An entry of the configuration that is being made, and what it is made from. */
export interface DraftEntry<Value> {
  readonly value: Value
  readonly source: Section
  /** What the source says about it that people should read and nothing else can. */
  readonly comment?: string
}

/** The part of a configuration that is not made of entries. */
export type DraftOptions = Pick<Configuration, 'issuer' | 'emitStaticAudienceClaim'>

/** The configuration that is being made. */
export interface Draft {
  readonly options: DraftOptions
  readonly identityResources: readonly DraftEntry<IdentityResource>[]
  readonly apiScopes: readonly DraftEntry<ApiScope>[]
  readonly apiResources: readonly DraftEntry<ApiResource>[]
  readonly clients: readonly DraftEntry<Client>[]
}
