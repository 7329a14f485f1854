/** A row of a table, with the values that JSON has. */
export type Row = Readonly<Record<string, unknown>>

/** The tables of an IdentityServer, as somebody can read them. */
export interface Database {
  /** How people know it. */
  readonly shownAs: string
  /** The names of its tables, as they are. */
  readonly tables: readonly string[]
  readonly rowsOf: (table: string) => Promise<readonly Row[]>
}
