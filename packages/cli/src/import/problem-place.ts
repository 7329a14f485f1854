import type { ConfigurationProblem } from '@bailiwick/protocol'
import type { DraftEntry } from './mapping/draft.js'
import { kinds } from './sources/identity-server-configuration.js'
import type { Kind } from './sources/identity-server-configuration.js'
import { childOf } from './sources/section.js'
import type { Section } from './sources/section.js'

/** What a problem is about: an entry, a member of it, and perhaps an item of that. */
export interface ProblemPlace {
  readonly kind: Kind
  readonly index: number
  readonly member: string
  /** A position in a list, or a name in an object. */
  readonly item: string | undefined
}

const isKind = (text = ''): text is Kind => Object.hasOwn(kinds, text)

/** Reads `clients[0].redirectUris[1]` or `clients[0].claims.name`. */
export function placeOf({ path }: ConfigurationProblem): ProblemPlace | undefined {
  const [, kind, index, member = '', position, name] =
    /^(\w+)\[(\d+)\]\.(\w+)(?:\[(\d+)\]|\.(.+))?/s.exec(path) ?? []
  return isKind(kind) ? { kind, index: Number(index), member, item: position ?? name } : undefined
}

/** The members of a value, by their names. */
export const membersOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {}

/** The properties that are called otherwise in IdentityServer. */
const sourceNames: Readonly<Record<string, string>> = { secrets: 'ApiSecrets' }

/** Where a place is in the source. An item is known again by its value, because others may have been left out before it. */
export function sourcePath({ source, value }: DraftEntry<object>, place: ProblemPlace): string {
  const { member, item } = place
  const property = childOf(source, sourceNames[member] ?? member)
  if (property === undefined || item === undefined) return (property ?? source).path
  const wanted = membersOf(membersOf(value)[member])[item]
  const isWanted = (child: Section): boolean =>
    child.children.length === 0
      ? child.text === wanted
      : childOf(child, 'Value')?.text === membersOf(wanted)['value'] ||
        childOf(child, 'Type')?.text === item
  return (property.children.find(isWanted) ?? property).path
}
