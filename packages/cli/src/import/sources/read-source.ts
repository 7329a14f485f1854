import { open } from 'node:fs/promises'
import { CommandFailure } from '../../command-failure.js'
import { reasonOf } from '../../stores/store-failure.js'
import { isWhole, showPlace } from '../../stores/store-place.js'
import { UsageError } from '../../usage-error.js'
import type { IdentityServerConfiguration } from './identity-server-configuration.js'
import { readAppsettings } from './read-appsettings.js'
import { readPostgres } from './read-postgres.js'
import { readSqlite } from './read-sqlite.js'

/** Where the configuration of an IdentityServer is, as the command line says. */
export interface SourceOptions {
  readonly from: string
  readonly section?: string | undefined
  readonly schema?: string | undefined
}

type SourceKind = 'postgres' | 'sqlite' | 'appsettings'

/** With which every SQLite file begins. */
const sqliteHeader = 'SQLite format 3\0'

async function beginningOf(path: string): Promise<string> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(sqliteHeader.length))
    return buffer.toString('latin1', 0, bytesRead)
  } finally {
    await file.close()
  }
}

const takes = '--from takes an appsettings.json, a postgres:// URL, or a SQLite file'

// What may hold a password is not repeated: nobody knows where in it the password is.
async function kindOf(from: string): Promise<SourceKind> {
  if (/^postgres(?:ql)?:/i.test(from)) {
    if (isWhole(from)) return 'postgres'
    throw new CommandFailure(
      '--from: this is no postgres:// URL; in a password, write %2F for a slash and so on',
    )
  }
  if (from.includes('://')) throw new UsageError(takes)
  if (/(?:password|pwd)\s*=/i.test(from)) {
    throw new UsageError(`${takes}, and no connection string of .NET`)
  }
  return (await beginningOf(from)) === sqliteHeader ? 'sqlite' : 'appsettings'
}

/** How a source may be shown: without a password. */
export const showSource = (from: string): string =>
  URL.canParse(from) && from.includes('://') ? showPlace({ kind: 'postgres', url: from }) : from

async function readKind(
  kind: SourceKind,
  { from, section, schema }: SourceOptions,
): Promise<IdentityServerConfiguration> {
  if (section !== undefined && kind !== 'appsettings') {
    throw new UsageError('--section is for an appsettings.json')
  }
  if (schema !== undefined && kind !== 'postgres') {
    throw new UsageError('--schema is for a postgres:// URL')
  }
  switch (kind) {
    case 'postgres':
      return readPostgres(from, schema)
    case 'sqlite':
      return readSqlite(from)
    case 'appsettings':
      return readAppsettings(from, section)
  }
}

/**
 * Reads the configuration of an IdentityServer from where it is.
 *
 * @throws CommandFailure when that is not possible.
 */
export async function readSource(options: SourceOptions): Promise<IdentityServerConfiguration> {
  try {
    return await readKind(await kindOf(options.from), options)
  } catch (error) {
    if (error instanceof CommandFailure || error instanceof UsageError) throw error
    throw new CommandFailure(`cannot read ${showSource(options.from)}: ${reasonOf(error)}`, {
      cause: error,
    })
  }
}
