/** What there is in a configuration. */
export type EntryKind = 'client' | 'scope' | 'api' | 'identity' | 'claim'

/** Something that is said about an entry: `Grant types: authorization_code, refresh_token`. */
export interface Fact {
  readonly label: string
  readonly text: string
}

/** An entry of the configuration as the picture shows it. It holds no secret, and no hash of one. */
export interface Entry {
  /** That of its element: `apiResources-1`. */
  readonly id: string
  readonly kind: EntryKind
  readonly name: string
  /** What people know it as. */
  readonly title: string | undefined
  /** Words that stand beside its name. */
  readonly tags: readonly string[]
  readonly isDisabled: boolean
  readonly isIsolated: boolean
  readonly facts: readonly Fact[]
  /** The ids of the entries to which it leads. */
  readonly leadsTo: readonly string[]
  /** The ids of the API resources that a client may have tokens for. `undefined`: any. */
  readonly onlyApis: readonly string[] | undefined
}

/** The id of the element of an entry, from its place in the configuration. */
export const entryId = (list: string, index: number): string => `${list}-${index}`

/** The element of the entry that a path of the configuration leads into: `apiResources[1].scopes`. */
export function entryIdOfPath(path: string): string | undefined {
  const [, list, index] =
    /^(clients|identityResources|apiScopes|apiResources)\[(\d+)\]/.exec(path) ?? []
  return list === undefined ? undefined : entryId(list, Number(index))
}
