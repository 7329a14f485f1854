import type { ReportFinding } from '../findings.js'
import { childOf } from '../sources/section.js'
import type { Section } from '../sources/section.js'

/** The values of an enumeration: the names and numbers that .NET knows, and what they are here. */
export type Choices<Value> = readonly (readonly [name: string, number: number, value: Value])[]

/**
 * Reads the properties of an entry, and remembers which: what nobody has read is reported in the end. A value that is
 * what it is without being set is not given, so that it is not written.
 */
export interface PropertyReader {
  readonly path: string
  /** A text that is not empty. */
  readonly text: (name: string) => string | undefined
  readonly flag: (name: string, byDefault: boolean) => boolean | undefined
  readonly count: (name: string, byDefault?: number) => number | undefined
  readonly choice: <Value>(
    name: string,
    choices: Choices<Value>,
    byDefault: Value,
  ) => Value | undefined
  /** Texts without repeats, if there are any. */
  readonly list: (name: string) => readonly string[] | undefined
  /** Texts by their names, if there are any. */
  readonly pairs: (name: string) => Readonly<Record<string, string>> | undefined
  readonly entries: (name: string) => readonly Section[]
  /** The property itself: also when it is set to nothing. */
  readonly property: (name: string) => Section | undefined
  /** What nobody has read. */
  readonly rest: () => readonly Section[]
}

const booleans: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
])

/** The largest `int` of .NET, which does not start with more. */
const largest = 2_147_483_647

const countIn = (text: string): number | undefined =>
  /^\d+$/.test(text) && Number(text) <= largest ? Number(text) : undefined

const otherThan = <Value>(value: Value | undefined, byDefault: Value): Value | undefined =>
  value === byDefault ? undefined : value

/** The values of an entry, before anybody says what they are without being set. */
interface Values extends Pick<PropertyReader, 'property' | 'rest'> {
  readonly parsed: <Value>(
    name: string,
    needed: string,
    parse: (text: string) => Value | undefined,
  ) => Value | undefined
  readonly partsOf: (name: string, needed: string) => readonly Section[]
  readonly textsIn: (name: string, needed: string) => readonly Section[]
}

function readValues(entry: Section, report: ReportFinding): Values {
  const read = new Set<Section>()

  function property(name: string): Section | undefined {
    const found = childOf(entry, name)
    if (found !== undefined) read.add(found)
    return found
  }
  function refuse({ path }: Section, needed: string): undefined {
    report('unreadable-value', {
      path,
      message: `${needed} is needed`,
      fix: 'set it in the result, if IdentityServer made something of it',
    })
  }
  function parsed<Value>(
    name: string,
    needed: string,
    parse: (text: string) => Value | undefined,
  ): Value | undefined {
    const found = property(name)
    if (found === undefined) return undefined
    const { text = '', children } = found
    if (text === '' && children.length === 0) return undefined
    return (children.length === 0 ? parse(text) : undefined) ?? refuse(found, needed)
  }
  /** The parts of a property, which is no single text. */
  function partsOf(name: string, needed: string): readonly Section[] {
    const found = property(name)
    if (found === undefined) return []
    if ((found.text ?? '') !== '') refuse(found, needed)
    return found.children
  }
  function textsIn(name: string, needed: string): readonly Section[] {
    const parts = partsOf(name, needed)
    for (const part of parts) if (part.children.length > 0) refuse(part, 'a text')
    return parts.filter(({ children }) => children.length === 0)
  }

  const rest = (): readonly Section[] => entry.children.filter((child) => !read.has(child))
  return { property, parsed, partsOf, textsIn, rest }
}

/** Reads the properties of an entry. What cannot be read is reported, and counts as not set. */
export function readProperties(entry: Section, report: ReportFinding): PropertyReader {
  const { property, parsed, partsOf, textsIn, rest } = readValues(entry, report)
  return {
    path: entry.path,
    property,
    text: (name) => parsed(name, 'a text', (text) => text),
    flag: (name, byDefault) =>
      otherThan(
        parsed(name, 'true or false', (text) => booleans.get(text.toLowerCase())),
        byDefault,
      ),
    count: (name, byDefault) => otherThan(parsed(name, 'a whole number', countIn), byDefault),
    choice: (name, choices, byDefault) =>
      otherThan(
        parsed(
          name,
          `one of ${choices.map(([known]) => known).join(', ')}`,
          (text) =>
            choices.find(
              ([known, number]) =>
                known.toLowerCase() === text.toLowerCase() || String(number) === text,
            )?.[2],
        ),
        byDefault,
      ),
    list(name) {
      const texts = textsIn(name, 'a list').flatMap(({ text = '' }) => text || [])
      return texts.length === 0 ? undefined : [...new Set(texts)]
    },
    pairs(name) {
      const pairs = textsIn(name, 'an object').map(({ name: key, text = '' }) => [key, text])
      return pairs.length === 0 ? undefined : Object.fromEntries(pairs)
    },
    entries: (name) => partsOf(name, 'a list'),
    rest,
  }
}
