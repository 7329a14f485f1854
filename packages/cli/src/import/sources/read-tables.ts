import { CommandFailure } from '../../command-failure.js'
import type { Database, Row } from './database.js'
import type { IdentityServerConfiguration, Kind } from './identity-server-configuration.js'
import { pathBelow, textSection } from './section.js'
import type { Section } from './section.js'
import { entryTables, otherTables, partTables } from './tables.js'
import type { EntryTable, PartTable } from './tables.js'

/** Names are compared without what naming conventions change: `ClientSecrets` is `client_secrets`. */
export const foldName = (name: string): string => name.replaceAll('_', '').toLowerCase()

/** The name of a column as IdentityServer has it: `RequirePkce` for `require_pkce`. */
const propertyName = (column: string): string =>
  column.includes('_') || column === column.toLowerCase()
    ? column
        .split('_')
        .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
        .join('')
    : column

const valueOf = (row: Row, column: string): unknown =>
  Object.entries(row).find(([name]) => foldName(name) === foldName(column))?.[1]

const asText = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value)

const textOf = (row: Row, column: string): string => asText(valueOf(row, column) ?? '')

/** What only the database has use for. */
const rowColumns: ReadonlySet<string> = new Set(
  ['Id', 'Created', 'Updated', 'LastAccessed', 'NonEditable'].map(foldName),
)

function sectionsOfRow(
  row: Row,
  path: string,
  {
    lists = [],
    without = [],
  }: { readonly lists?: readonly string[]; readonly without?: readonly string[] },
): readonly Section[] {
  const isLeftOut = (name: string): boolean =>
    rowColumns.has(foldName(name)) || without.some((column) => foldName(column) === foldName(name))
  return Object.entries(row)
    .filter(([name, value]) => value !== null && !isLeftOut(name))
    .map(([column, value]) => {
      const name = propertyName(column)
      const below = pathBelow(path, name)
      if (!lists.some((list) => foldName(list) === foldName(column))) {
        return textSection(name, below, asText(value))
      }
      return listSection(
        name,
        below,
        asText(value)
          .split(',')
          .filter((item) => item !== ''),
      )
    })
}

const listSection = (name: string, path: string, values: readonly string[]): Section => ({
  name,
  path,
  children: values.map((value, index) =>
    textSection(`${index}`, pathBelow(path, `${index}`), value),
  ),
})

function partSection(
  { property, holds, owner }: PartTable,
  rows: readonly Row[],
  path: string,
): Section {
  const below = pathBelow(path, property)
  if (holds === 'pairs') {
    const pairs = rows.map((row) => ({ key: textOf(row, 'Key'), value: textOf(row, 'Value') }))
    const children = pairs.map(({ key, value }) => textSection(key, pathBelow(below, key), value))
    return { name: property, path: below, children }
  }
  if (holds !== 'objects') {
    return listSection(
      property,
      below,
      rows.map((row) => textOf(row, holds.column)),
    )
  }
  const children = rows.map((row, index) => {
    const name = `${index}`
    const at = pathBelow(below, name)
    return { name, path: at, children: sectionsOfRow(row, at, { without: [owner] }) }
  })
  return { name: property, path: below, children }
}

type RowsOf = (table: string) => readonly Row[]

const neededTables: readonly string[] = [
  ...Object.values(entryTables),
  ...Object.values(partTables).flat(),
].map(({ table }) => table)

/** Rows come in the order in which they were written, so that the same tables give the same file. */
async function loadRows({ tables, rowsOf }: Database): Promise<RowsOf> {
  const known = new Set([...neededTables, ...otherTables.map(({ table }) => table)].map(foldName))
  const loaded = new Map<string, readonly Row[]>()
  for (const table of tables.filter((name) => known.has(foldName(name)))) {
    // oxlint-disable-next-line no-await-in-loop -- one connection answers one question at a time
    const rows = await rowsOf(table)
    loaded.set(
      foldName(table),
      rows.toSorted((a, b) => Number(valueOf(a, 'Id')) - Number(valueOf(b, 'Id'))),
    )
  }
  return (table) => loaded.get(foldName(table)) ?? []
}

/** The rows of a table by the entry that they belong to. */
function rowsByOwner(
  { table, owner }: PartTable,
  rowsOf: RowsOf,
): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rowsOf(table)) {
    const id = textOf(row, owner)
    const group = groups.get(id)
    if (group === undefined) groups.set(id, [row])
    else group.push(row)
  }
  return groups
}

function readEntries(kind: Kind, rowsOf: RowsOf): readonly Section[] {
  const { table, nameColumn, lists }: EntryTable = entryTables[kind]
  const parts = partTables[kind].map((part) => ({ part, byOwner: rowsByOwner(part, rowsOf) }))
  return rowsOf(table).map((row) => {
    const path = `${table}[${JSON.stringify(textOf(row, nameColumn))}]`
    const id = textOf(row, 'Id')
    const own = parts.map(({ part, byOwner }) => partSection(part, byOwner.get(id) ?? [], path))
    const set = own.filter(({ children }) => children.length > 0)
    return {
      name: textOf(row, nameColumn),
      path,
      children: [...sectionsOfRow(row, path, { lists }), ...set],
    }
  })
}

const readOthers = (rowsOf: RowsOf): readonly Section[] =>
  otherTables.flatMap(({ table, nameColumn }) =>
    rowsOf(table).map((row) => {
      const name = textOf(row, nameColumn)
      return { name: table, path: `${table}[${JSON.stringify(name)}]`, children: [] }
    }),
  )

/** Of two tables that are called alike nobody knows which is meant. */
function refuseAlike({ tables, shownAs }: Database): void {
  for (const needed of neededTables) {
    const [first, second] = tables.filter((table) => foldName(table) === foldName(needed))
    if (second === undefined) continue
    throw new CommandFailure(`${shownAs}: there are both ${first} and ${second}`)
  }
}

function requireTables({ tables, shownAs }: Database): void {
  const there = new Set(tables.map(foldName))
  const missing = neededTables.filter((table) => !there.has(foldName(table)))
  if (missing.length === 0) return
  throw new CommandFailure(
    `${shownAs}: these are not the configuration tables of IdentityServer 4.0 or later: there is no ${missing.join(', ')}`,
  )
}

/**
 * Reads the configuration tables of the Entity Framework stores.
 *
 * @throws CommandFailure when some of them are missing: what is in them would be lost.
 */
export async function readTables(database: Database): Promise<IdentityServerConfiguration> {
  requireTables(database)
  refuseAlike(database)
  const rowsOf = await loadRows(database)
  return {
    origin: 'database',
    identityResources: readEntries('identityResources', rowsOf),
    apiScopes: readEntries('apiScopes', rowsOf),
    apiResources: readEntries('apiResources', rowsOf),
    clients: readEntries('clients', rowsOf),
    others: readOthers(rowsOf),
  }
}
