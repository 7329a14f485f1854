/** A challenge as a response has it (RFC 9110 section 11.6.1). */
export interface ParsedChallenge {
  /** As it is written; schemes are case-insensitive. */
  readonly scheme: string
  /** By name, in lower case. Quoting is undone. */
  readonly parameters: Readonly<Record<string, string>>
  /** What some schemes have instead of parameters. */
  readonly token68?: string
}

/** The rest of a header field value. */
interface Cursor {
  readonly take: (pattern: RegExp) => RegExpExecArray | undefined
  readonly isAtEnd: () => boolean
  readonly fail: (expected: string) => SyntaxError
}

const scheme = /([!#$%&'*+\-.^_`|~\w]+)/y
const space = / +/y
const separator = /[ \t]*,[ \t]*/y
const token68 = /([\w\-.~+/]+=*)(?=[ \t]*(?:,|$))/y
// Without spaces around the equals sign, which no sender may write (RFC 9110 section 5.6.3).
const parameter =
  /([!#$%&'*+\-.^_`|~\w]+)=(?:([!#$%&'*+\-.^_`|~\w]+)|"((?:[\t \x21\x23-\x5B\x5D-\x7E\x80-\xFF]|\\[\t\x20-\x7E\x80-\xFF])*)")/y

function createCursor(text: string): Cursor {
  let position = 0
  return {
    take: (pattern) => {
      pattern.lastIndex = position
      const match = pattern.exec(text) ?? undefined
      position += match?.[0].length ?? 0
      return match
    },
    isAtEnd: () => position === text.length,
    fail: (expected) =>
      new SyntaxError(`${expected} is needed at position ${position} of WWW-Authenticate: ${text}`),
  }
}

type Parameter = readonly [name: string, value: string]

function takeParameter(cursor: Cursor): Parameter | undefined {
  const match = cursor.take(parameter)
  if (match === undefined) return undefined
  const [, name = '', bare, quoted = ''] = match
  return [name.toLowerCase(), bare ?? quoted.replaceAll(/\\(.)/g, '$1')]
}

function takeScheme(cursor: Cursor): string {
  const [, name] = cursor.take(scheme) ?? []
  if (name === undefined) throw cursor.fail('a scheme')
  return name
}

/** Reads what follows a scheme, up to and with the comma before the next. */
function takeParameters(cursor: Cursor): readonly Parameter[] {
  const parameters: Parameter[] = []
  for (;;) {
    const next = takeParameter(cursor)
    // After a comma comes a parameter or the scheme of the next challenge.
    if (next === undefined) return parameters
    if (parameters.some(([name]) => name === next[0])) throw cursor.fail(`one ${next[0]} at most`)
    parameters.push(next)
    if (cursor.isAtEnd()) return parameters
    if (cursor.take(separator) === undefined) throw cursor.fail('a comma')
  }
}

function takeChallenge(cursor: Cursor): ParsedChallenge {
  const name = takeScheme(cursor)
  if (cursor.take(space) === undefined) {
    if (!cursor.isAtEnd() && cursor.take(separator) === undefined) throw cursor.fail('a space')
    return { scheme: name, parameters: {} }
  }
  const [, credentials] = cursor.take(token68) ?? []
  if (credentials !== undefined) {
    if (!cursor.isAtEnd()) cursor.take(separator)
    return { scheme: name, parameters: {}, token68: credentials }
  }
  const parameters = takeParameters(cursor)
  if (parameters.length === 0) throw cursor.fail('a parameter')
  return { scheme: name, parameters: Object.fromEntries(parameters) }
}

function parseField(text: string): readonly ParsedChallenge[] {
  const cursor = createCursor(text)
  const challenges: ParsedChallenge[] = []
  // What ends with a comma announces a challenge that is not there.
  do challenges.push(takeChallenge(cursor))
  while (!cursor.isAtEnd() || /,[ \t]*$/.test(text))
  return challenges
}

/**
 * Takes `WWW-Authenticate` apart, so that a test can assert what a response says and not how it is spelled. It takes what
 * a sender may write (RFC 9110 section 11.6.1) and nothing more: no empty list elements, no spaces around `=`, no
 * parameter twice.
 *
 * @example
 * ```ts
 * const [challenge] = parseChallenges(response.headers.get('www-authenticate'))
 * expect(challenge).toMatchObject({ scheme: 'Bearer', parameters: { error: 'invalid_token' } })
 * ```
 * @param field - one value, several, or nothing where there is no such header field.
 * @throws SyntaxError that tells where the value is malformed.
 */
export function parseChallenges(
  field: string | readonly string[] | null | undefined,
): readonly ParsedChallenge[] {
  return [field ?? []].flat().flatMap(parseField)
}
