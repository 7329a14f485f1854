import type ts from 'typescript'
import { checker, exportedType } from './declarations.js'
import { membersOf, textOf } from './members.js'
import type { Member } from './members.js'

/** One member of a union of events. */
interface EventType {
  readonly name: string
  readonly type: ts.Type
}

function nameOf(event: ts.Type): string {
  const symbol = event.getProperty('type')
  const type = symbol && checker.getTypeOfSymbol(symbol)
  if (type?.isStringLiteral() !== true) throw new Error('an event has one type')
  return type.value
}

const eventsOf = (unionName: string): readonly EventType[] => {
  const union = exportedType(unionName)
  const types = union.isUnion() ? union.types : []
  return types.map((type) => ({ name: nameOf(type), type }))
}

/** The names of the events of a union. */
export const eventNames = (unionName: string): readonly string[] =>
  eventsOf(unionName).map(({ name }) => name)

/** What an interface says of itself, or else its `type`. */
function describe(event: ts.Type, members: readonly Member[]): string {
  const text = textOf(event.symbol) || members.find(({ name }) => name === 'type')?.text
  if (text === undefined || text === '') throw new Error(`nobody says what ${nameOf(event)} is`)
  return text
}

function writeField({ name, type, isOptional, text }: Member): string {
  const known = isOptional ? ', if it is known' : ''
  return `- \`${name}\`: \`${type.replace(' | undefined', '')}\`${known}${text === '' ? '' : `. ${text}`}`
}

/** Writes what an event is about: `ServerEvent token_issued`. */
export function writeEventBlock(subject: string): string {
  const [unionName = '', eventName] = subject.split(' ')
  const event = eventsOf(unionName).find(({ name }) => name === eventName)
  if (event === undefined) throw new Error(`there is no event ${subject}`)
  const members = membersOf(event.type)
  const fields = members.filter(({ name }) => name !== 'type').map(writeField)
  return [describe(event.type, members), fields.join('\n')].join('\n\n')
}
