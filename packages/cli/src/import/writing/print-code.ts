import { wrapText } from '../../explain/wrap-text.js'
import { nameCode } from './code.js'
import type { Code, CodeItem, CodeMember } from './code.js'

/** The longest line, as in many projects. */
const width = 100

const indentation = '  '

type Part = CodeItem | CodeMember

const commentOf = (part: Part): string | undefined => ('comment' in part ? part.comment : undefined)

const prefixOf = (part: Part): string => ('name' in part ? `${nameCode(part.name)}: ` : '')

const partsOf = (code: Code): readonly Part[] => {
  if (code.kind === 'text') return []
  return code.kind === 'list' ? code.items : code.members
}

/** Objects that hold several things are told apart more easily on lines of their own. */
const hasManyObjects = (code: Code): boolean =>
  code.kind === 'list' &&
  code.items.length > 1 &&
  code.items.every((item) => item.code.kind === 'object' && item.code.members.length > 1)

const mustBreak = (code: Code): boolean =>
  (code.kind === 'object' && code.isOpen === true) ||
  hasManyObjects(code) ||
  partsOf(code).some(
    (part) => commentOf(part) !== undefined || ('code' in part && mustBreak(part.code)),
  )

function inline(code: Code): string {
  if (code.kind === 'text') return code.text
  const inner = partsOf(code)
    .map((part) =>
      'spread' in part ? `...${part.spread}` : `${prefixOf(part)}${inline(part.code)}`,
    )
    .join(', ')
  if (code.kind === 'list') return `[${inner}]`
  return inner === '' ? '{}' : `{ ${inner} }`
}

/** Writes a comment. A line break would end it, so it has only its own. */
export function printComment(comment: string, indent = ''): string {
  const words = comment.split(/[\s\p{C}]+/u).filter((word) => word !== '')
  const start = `${indent}// `
  return words.length === 0 ? '' : `${wrapText(words.join(' '), { first: start, other: start })}\n`
}

/**
 * Prints code as a formatter would: on one line where it fits, else each part on its own.
 *
 * @param column how much of the first line is taken already, and how far the lines below it are indented.
 */
export function printCode(
  code: Code,
  column: { readonly taken: number; readonly indent: string },
): string {
  const line = inline(code)
  // A comma may follow.
  if (code.kind === 'text' || (!mustBreak(code) && column.taken + line.length < width)) return line
  const indent = column.indent + indentation
  const lines = partsOf(code).map((part) => {
    if ('spread' in part) return `${indent}...${part.spread},\n`
    const start = `${indent}${prefixOf(part)}`
    const value = printCode(part.code, { taken: start.length, indent })
    return `${printComment(commentOf(part) ?? '', indent)}${start}${value},\n`
  })
  const [opening, closing] = code.kind === 'list' ? '[]' : '{}'
  return `${opening}\n${lines.join('')}${column.indent}${closing}`
}
