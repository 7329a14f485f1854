/** Where a text stops being JSON. */
export interface JsonFault {
  /** The first line is 1. */
  readonly line: number
  /** The first column is 1. */
  readonly column: number
  /** What should stand there: `',' or '}'`. */
  readonly expected: string
}

const space = '[ \\t\\n\\r]*'
const string = '"(?:[^"\\\\\\u0000-\\u001F]|\\\\(?:["\\\\/bfnrt]|u[\\dA-Fa-f]{4}))*"'
const number = '-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[Ee][+-]?\\d+)?'

const token = (pattern: string): RegExp => new RegExp(`${space}(?:${pattern})`, 'y')

const tokens = {
  openBrace: token('\\{'),
  closeBrace: token('\\}'),
  openBracket: token('\\['),
  closeBracket: token('\\]'),
  colon: token(':'),
  comma: token(','),
  string: token(string),
  scalar: token(`${string}|${number}|true|false|null`),
  end: token('$'),
  nothing: token(''),
} as const

function locate(text: string, offset: number): Pick<JsonFault, 'line' | 'column'> {
  const lines = text.slice(0, offset).split(/\r\n|\n|\r/)
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 }
}

const completeString =
  'a closing double quote, and line breaks, tabs and backslashes only as escapes'

const isBrokenString = (text: string, offset: number, wanted: RegExp): boolean =>
  text[offset] === '"' && (wanted === tokens.string || wanted === tokens.scalar)

/**
 * Finds the first place where a text stops being JSON (RFC 8259). `JSON.parse` of Node.js 20 often does not tell the
 * place, and its messages repeat the text, in which there may be a key.
 */
export function findJsonFault(text: string): JsonFault | undefined {
  let offset = 0
  let expected = ''

  function take(pattern: RegExp): boolean {
    pattern.lastIndex = offset
    const isThere = pattern.test(text)
    if (isThere) offset = pattern.lastIndex
    return isThere
  }
  function expect(pattern: RegExp, description: string): boolean {
    if (take(pattern)) return true
    take(tokens.nothing)
    expected = isBrokenString(text, offset, pattern) ? completeString : description
    return false
  }
  function readList(close: RegExp, description: string, readItem: () => boolean): boolean {
    if (take(close)) return true
    do {
      if (!readItem()) return false
    } while (take(tokens.comma))
    return expect(close, description)
  }
  function readMember(): boolean {
    return (
      expect(tokens.string, 'a name in double quotes') && expect(tokens.colon, `':'`) && readValue()
    )
  }
  function readValue(): boolean {
    if (take(tokens.openBrace)) return readList(tokens.closeBrace, `',' or '}'`, readMember)
    if (take(tokens.openBracket)) return readList(tokens.closeBracket, `',' or ']'`, readValue)
    return expect(tokens.scalar, 'a value')
  }

  const isJson = readValue() && expect(tokens.end, 'the end of the file')
  return isJson ? undefined : { ...locate(text, offset), expected }
}
