/** A block of code between two fences. */
export interface Block {
  readonly language: string
  /** The name between brackets behind the language: the file that the block is. */
  readonly file: string | undefined
  readonly code: string
  /** The line of the page in which the code begins, counted from 1. */
  readonly line: number
  /** The comments directly above it: `after` has `server.ts` for `<!-- after server.ts -->`. */
  readonly notes: ReadonlyMap<string, string>
}

const fence = /^( *)(`{3,})([\w-]*)(.*)$/
const note = /^<!-- (after|stays|exits|prints)(?::? (.*?))? -->$/

/** The notes in the lines above a line: comments, and empty lines between them. */
function notesAbove(lines: readonly string[], index: number): ReadonlyMap<string, string> {
  const notes = new Map<string, string>()
  for (let above = index - 1; above >= 0; above -= 1) {
    const line = lines[above]?.trim() ?? ''
    const [, name, value = ''] = note.exec(line) ?? []
    if (name === undefined && line !== '') break
    if (name !== undefined) notes.set(name, value)
  }
  return notes
}

/** Finds the blocks of a page. Lines of a block in a list lose the indentation of its fence. */
export function parseBlocks(text: string, path: string): readonly Block[] {
  const lines = text.split('\n')
  const blocks: Block[] = []
  for (let index = 0; index < lines.length; index += 1) {
    const [, indentation = '', ticks, language = '', rest = ''] =
      fence.exec(lines[index] ?? '') ?? []
    if (ticks === undefined) continue
    const end = lines.indexOf(indentation + ticks, index + 1)
    if (end === -1) throw new Error(`${path}:${index + 1}: this block has no end`)
    const code = lines.slice(index + 1, end).map((line) => line.slice(indentation.length))
    const [, file] = /^ \[([^\]]+)\]/.exec(rest) ?? []
    const notes = notesAbove(lines, index)
    blocks.push({ language, file, code: `${code.join('\n')}\n`, line: index + 2, notes })
    index = end
  }
  return blocks
}
