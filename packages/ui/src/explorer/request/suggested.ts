import type { Entry, EntryKind } from '../picture/entry.js'
import type { ExplorerOptions } from '../explorer-options.js'

type Choices = readonly (readonly [value: string, text: string])[]

/** What the fields of the form offer. */
export interface Suggested {
  readonly clients: Choices
  readonly grantTypes: Choices
  readonly scopes: readonly string[]
  readonly resources: readonly string[]
  /** Scopes, API resources and claims. */
  readonly names: readonly string[]
  readonly subjects: readonly string[]
}

/** Collects what the form offers. Of the grants that is with which a first token can be had. */
export function collectSuggestions(
  entries: readonly Entry[],
  { clients, subjects = [] }: Pick<ExplorerOptions, 'clients' | 'subjects'>,
): Suggested {
  const namesOf = (kind: EntryKind): readonly string[] =>
    entries.filter((entry) => entry.kind === kind).map(({ name }) => name)
  const grantTypes = new Set(clients.flatMap(({ allowedGrantTypes }) => allowedGrantTypes))
  const offline = clients.some(({ allowOfflineAccess }) => allowOfflineAccess === true)
  return {
    clients: clients.map(({ clientId, clientName }) => [
      clientId,
      clientName === undefined ? clientId : `${clientId} (${clientName})`,
    ]),
    grantTypes: [...grantTypes]
      .filter((grantType) => grantType !== 'refresh_token')
      .map((grantType) => [grantType, grantType]),
    scopes: [...namesOf('identity'), ...namesOf('scope'), ...(offline ? ['offline_access'] : [])],
    resources: namesOf('api'),
    names: [...namesOf('api'), ...namesOf('scope'), ...namesOf('claim')],
    subjects,
  }
}
