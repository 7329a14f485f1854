import type { ConsentRequest, ConsentScope } from '@bailiwick/core'
import type { Texts } from '../texts/catalogue.js'

/** Scopes that are shown together. */
export interface ScopeGroup {
  readonly title: string
  readonly description: string | undefined
  readonly scopes: readonly ShownScope[]
}

/** A scope in the place where it is shown. */
export interface ShownScope extends ConsentScope {
  /** An earlier group has it too, and there it is decided. */
  readonly isRepeated: boolean
}

type Groups = readonly (Omit<ScopeGroup, 'scopes'> & { readonly scopes: readonly ConsentScope[] })[]

type Asked = Omit<ConsentRequest, 'mayBeRemembered'>

/** It stands for no resource that would have a name, so its name is the catalogue's. */
const nameOfflineAccess = (scope: ConsentScope, texts: Texts): ConsentScope => ({
  ...scope,
  displayName: texts.offlineAccess,
  description: texts.offlineAccessHint,
})

function groupsOf({ aboutYou, access, offlineAccess }: Asked, texts: Texts): Groups {
  const groups = [
    { title: texts.aboutYou, description: undefined, scopes: aboutYou },
    ...access.map(({ name, displayName, description, scopes }) => ({
      title: displayName ?? name ?? texts.otherAccess,
      description,
      scopes,
    })),
    {
      title: texts.whileAway,
      description: undefined,
      scopes: offlineAccess === undefined ? [] : [nameOfflineAccess(offlineAccess, texts)],
    },
  ]
  return groups.filter(({ scopes }) => scopes.length > 0)
}

/** Arranges what is asked for as it is shown: about the user, API by API, and while the user is away. */
export function groupScopes(asked: Asked, texts: Texts): readonly ScopeGroup[] {
  const groups = groupsOf(asked, texts)
  // Of several entries of a map with one key the last stays: from the end, that is the first group that has the scope.
  const firstGroup = new Map(
    groups
      .toReversed()
      .flatMap((group) => group.scopes.map(({ value }) => [value, group] as const)),
  )
  return groups.map((group) => ({
    ...group,
    scopes: group.scopes.map((scope) => ({
      ...scope,
      isRepeated: firstGroup.get(scope.value) !== group,
    })),
  }))
}

/** All scopes that are asked for. */
export function askedScopes({ aboutYou, access, offlineAccess }: Asked): readonly ConsentScope[] {
  return [
    ...aboutYou,
    ...access.flatMap(({ scopes }) => scopes),
    ...(offlineAccess === undefined ? [] : [offlineAccess]),
  ]
}
