import { exportedType } from './declarations.js'
import { membersOf } from './members.js'
import type { Member } from './members.js'

/** What a block of a page is about: properties of a type, and what they are properties of when that has to be said. */
export interface OptionsBlock {
  readonly typeName: string
  /** Such as `session`: the heading of `idleLifetime` is "`idleLifetime` of `session`". */
  readonly owner: string | undefined
  readonly members: readonly Member[]
}

function pick(typeName: string, names: readonly string[]): readonly Member[] {
  const members = membersOf(exportedType(typeName))
  return names.map((name) => {
    const member = members.find((candidate) => candidate.name === name)
    if (member === undefined) throw new Error(`${typeName} has no ${name}`)
    return member
  })
}

/**
 * Reads `Client: clientId, clientName`, or `SessionOptions of session: idleLifetime`; without names it is about all of
 * them.
 *
 * @throws Error for a type or a property that does not exist.
 */
export function readOptionsBlock(subject: string): OptionsBlock {
  const [head = '', names] = subject.split(': ')
  const [typeName = '', owner] = head.split(' of ')
  const members =
    names === undefined ? membersOf(exportedType(typeName)) : pick(typeName, names.split(', '))
  return { typeName, owner, members }
}

const needed = ({ text, isOptional, defaultValue }: Member): readonly string[] => [
  ...(text === '' ? ['what it does'] : []),
  ...(isOptional && defaultValue === undefined ? ['its default (@defaultValue)'] : []),
]

function writeMember(member: Member, { typeName, owner }: OptionsBlock): string {
  const { name, type, isOptional, text, defaultValue } = member
  const missing = needed(member)
  if (missing.length > 0) {
    throw new Error(`the docstring of ${typeName}.${name} does not say ${missing.join(' and ')}`)
  }
  return [
    `### \`${name}\`${owner === undefined ? '' : ` of ${owner}`}`,
    `\`${type}\` · ${isOptional ? `default: ${defaultValue}` : 'needed'}`,
    text,
  ].join('\n\n')
}

/** Writes the sections of a page that are about options, in words of their docstrings. */
export const writeOptionsBlock = (subject: string): string => {
  const block = readOptionsBlock(subject)
  return block.members.map((member) => writeMember(member, block)).join('\n\n')
}
