import { parseArgs } from 'node:util'

/** What the command line asks for. */
export interface BenchOptions {
  /** Runs this suite alone. */
  readonly only: string | undefined
  /** Takes less than a minute without a database, for trying things out. */
  readonly isQuick: boolean
  /** Makes a missed target a failure. */
  readonly isStrict: boolean
  /** Where to write the results as JSON. */
  readonly json: string | undefined
}

/**
 * Reads the command line.
 *
 * @throws TypeError when it holds something unknown.
 */
export function readOptions(args: readonly string[], suiteNames: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    // pnpm passes the separator on.
    args: args.filter((arg) => arg !== '--'),
    options: {
      only: { type: 'string' },
      quick: { type: 'boolean', default: false },
      strict: { type: 'boolean', default: false },
      json: { type: 'string' },
    },
  })
  const { only, quick, strict, json } = values
  if (only !== undefined && !suiteNames.includes(only)) {
    throw new TypeError(`--only takes one of ${suiteNames.join(', ')}`)
  }
  return { only, isQuick: quick, isStrict: strict, json }
}
