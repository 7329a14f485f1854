import { parseTree } from 'jsonc-parser'
import type { Node, ParseError } from 'jsonc-parser'
import { CommandFailure } from '../../command-failure.js'
import { sectionsFromLeaves } from './sections-from-leaves.js'
import type { Leaf } from './sections-from-leaves.js'
import type { Section } from './section.js'

const scalarOf = ({ value }: Node): { readonly text?: string } =>
  value === null ? {} : { text: String(value) }

/** A colon in a name leads one level down, as in .NET. */
function leavesOf(node: Node, steps: readonly string[]): readonly Leaf[] {
  const { type, children = [] } = node
  if (type === 'array')
    return children.flatMap((item, index) => leavesOf(item, [...steps, `${index}`]))
  if (type !== 'object') return [{ steps, ...scalarOf(node) }]
  return children.flatMap(({ children: [name, value] = [] }) =>
    value === undefined ? [] : leavesOf(value, [...steps, ...String(name?.value).split(':')]),
  )
}

function placeOf(text: string, offset: number): string {
  const lines = text.slice(0, offset).split(/\r\n|\n|\r/)
  return `line ${lines.length}, column ${(lines.at(-1) ?? '').length + 1}`
}

function refuseDuplicates(leaves: readonly Leaf[], file: string): void {
  const seen = new Set<string>()
  for (const { steps } of leaves) {
    const key = steps.join(':').toLowerCase()
    // .NET does not start with such a file, so nobody knows which of them is meant.
    if (seen.has(key)) throw new CommandFailure(`${file}: ${steps.join(':')} is there twice`)
    seen.add(key)
  }
}

/**
 * Parses an `appsettings.json`, in which there may be comments and commas too many.
 *
 * @throws CommandFailure for text that is none, without repeating it: there may be secrets in it.
 */
export function parseAppsettings(text: string, file: string): Section {
  const errors: ParseError[] = []
  const tree = parseTree(text, errors, { allowTrailingComma: true })
  const [fault] = errors
  if (tree?.type !== 'object' || fault !== undefined) {
    throw new CommandFailure(`${file}: not valid JSON: ${placeOf(text, fault?.offset ?? 0)}`)
  }
  const leaves = leavesOf(tree, [])
  refuseDuplicates(leaves, file)
  return { name: '', path: '', children: sectionsFromLeaves(leaves) }
}
