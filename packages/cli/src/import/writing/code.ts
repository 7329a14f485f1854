/** A value of a file that is being written, with what people are to read above it. */
export type Code = CodeText | CodeList | CodeObject

/** Code that stands on one line. */
interface CodeText {
  readonly kind: 'text'
  readonly text: string
}

interface CodeList {
  readonly kind: 'list'
  readonly items: readonly CodeItem[]
}

interface CodeObject {
  readonly kind: 'object'
  readonly members: readonly CodeMember[]
  /** Has each member stand on a line of its own. */
  readonly isOpen?: true
}

/** An item of a list. */
export interface CodeItem {
  readonly code: Code
  readonly comment?: string
}

/** A member of an object, or another object spread into it. */
export type CodeMember = (CodeItem & { readonly name: string }) | { readonly spread: string }

/** They end a comment, or show people something else than what stands there. */
const hidden = /[\p{Cf}\u2028\u2029]/gu

const escape = (character: string): string =>
  String.raw`\u{${character.codePointAt(0)?.toString(16) ?? ''}}`

/** Writes a text as code. */
export const quote = (text: string): string => {
  const escaped = JSON.stringify(text)
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replaceAll(hidden, escape)
  if (!escaped.includes("'")) return `'${escaped}'`
  return escaped.includes('"') ? `'${escaped.replaceAll("'", String.raw`\'`)}'` : `"${escaped}"`
}

const withSeparators = (digits: string): string =>
  digits.length < 5 ? digits : digits.replaceAll(/\B(?=(?:\d{3})+$)/g, '_')

const scalar = (value: unknown): string => {
  if (typeof value === 'string') return quote(value)
  return Number.isSafeInteger(value) ? withSeparators(String(value)) : JSON.stringify(value)
}

/** Makes code of a value that JSON has. */
export function toCode(value: unknown): Code {
  if (Array.isArray(value))
    return { kind: 'list', items: value.map((item) => ({ code: toCode(item) })) }
  if (typeof value !== 'object' || value === null) return { kind: 'text', text: scalar(value) }
  return {
    kind: 'object',
    members: Object.entries(value).map(([name, member]) => ({ name, code: toCode(member) })),
  }
}

/** The name of a member as it is written. One of them would be the prototype. */
export function nameCode(name: string): string {
  if (name === '__proto__') return "['__proto__']"
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name)
}
