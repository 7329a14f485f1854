import { readdirSync } from 'node:fs'
import type { Pool } from 'pg'
import { codeOf } from './retrying.js'

/** The steps that lead to the tables of today, in their order. */
export const migrations: readonly string[] = readdirSync(new URL('../migrations/', import.meta.url))
  .filter((name) => name.endsWith('.sql'))
  .toSorted()

/** Quotes a schema, whatever is in its name. */
export const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** How tables differ from those of today: not at all when both lists are empty. */
export interface TableState {
  /** The steps that `migrate` would take, in their order: `001-records.sql`. */
  readonly missing: readonly string[]
  /** The steps that a newer version of this package took. */
  readonly unknown: readonly string[]
}

/** Which tables to look at. */
export interface TableOptions {
  readonly pool: Pick<Pool, 'query'>
  readonly schema: string
}

/** `undefined_table` and `invalid_schema_name` (PostgreSQL 16 manual, appendix A). */
const absence: ReadonlySet<unknown> = new Set(['42P01', '3F000'])

async function readTaken({ pool, schema }: TableOptions): Promise<readonly string[]> {
  try {
    const { rows } = await pool.query<{ readonly name: string }>(
      `SELECT name FROM ${quoteName(schema)}.migrations ORDER BY name`,
    )
    return rows.map(({ name }) => name)
  } catch (error) {
    if (absence.has(codeOf(error))) return []
    throw error
  }
}

/** Compares tables with those of today, and changes nothing. */
export async function readTableState(options: TableOptions): Promise<TableState> {
  const taken = await readTaken(options)
  return {
    missing: migrations.filter((name) => !taken.includes(name)),
    unknown: taken.filter((name) => !migrations.includes(name)),
  }
}
