/** A table of a page: its rows, each with its cells. */
export type Table = readonly (readonly string[])[]

/** The tables between a heading and the next of the same level or above, without their heads. */
export function readTables(text: string, heading: string): readonly Table[] {
  const [level = ''] = /^#+/.exec(heading) ?? []
  const start = text.indexOf(`\n${heading}\n`)
  if (start === -1) throw new Error(`there is no heading '${heading}'`)
  const rest = text.slice(start + heading.length + 2)
  const end = rest.search(new RegExp(`^#{1,${level.length}} `, 'm'))
  const section = end === -1 ? rest : rest.slice(0, end)
  return [...section.matchAll(/^\|.*\|\n\|[ |-]+\|\n((?:\|.*\|\n)+)/gm)].map(([, rows = '']) =>
    rows
      .trim()
      .split('\n')
      .map((row) =>
        row
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      ),
  )
}

/** What a cell has between backticks. */
export const namesIn = (cell = ''): readonly string[] =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name)
