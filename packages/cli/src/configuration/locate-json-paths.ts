import { formatPath } from './format-path.js'

/** A place in a text. */
export interface TextPosition {
  /** The first line is 1. */
  readonly line: number
  /** The first column is 1. */
  readonly column: number
}

const tokenPattern = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g

type Path = readonly PropertyKey[]

function positionsIn(text: string): (offset: number) => TextPosition {
  const ends = [...text.matchAll(/\r\n|\n|\r/g)].map((found) => found.index + found[0].length)
  const starts = [0, ...ends]
  return (offset) => {
    const line = starts.findLastIndex((start) => start <= offset)
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 }
  }
}

/**
 * Finds where in a JSON text the value at each path begins. The paths are written as in the errors of a configuration:
 * `clients[0].redirectUris[1]`.
 *
 * @param text what `JSON.parse` accepts: nothing is checked.
 */
export function locateJsonPaths(text: string): ReadonlyMap<string, TextPosition> {
  const positionOf = positionsIn(text)
  const positions = new Map<string, TextPosition>()
  const tokens = [...text.matchAll(tokenPattern)]
  let next = 0

  const isNext = (token: string): boolean => tokens[next]?.[0] === token
  function readName(): string {
    const name: unknown = JSON.parse(tokens[next]?.[0] ?? '""')
    // What follows is a colon.
    next += 2
    return String(name)
  }
  function readValues(path: Path, close: string, stepOf: (index: number) => PropertyKey): void {
    for (let index = 0; next < tokens.length && !isNext(close); index += 1) {
      readValue([...path, stepOf(index)])
      if (isNext(',')) next += 1
    }
    next += 1
  }
  function readValue(path: Path): void {
    const token = tokens[next]
    if (token === undefined) return
    next += 1
    positions.set(formatPath(path), positionOf(token.index))
    if (token[0] === '{') readValues(path, '}', readName)
    if (token[0] === '[') readValues(path, ']', (index) => index)
  }

  readValue([])
  return positions
}

/** The position of a path, or of what it would be in if it is not there. */
export function positionOfPath(
  path: string,
  positions: ReadonlyMap<string, TextPosition>,
): TextPosition | undefined {
  const position = positions.get(path)
  if (position !== undefined) return position
  const parent = path.replace(/(?:^|\.)[^.[\]]*$|\[[^[\]]*\]$/, '')
  return parent === '' || parent === path
    ? positions.get('configuration')
    : positionOfPath(parent, positions)
}
