import type { Command } from './command.js'
import { migrateCommand } from './migrate.js'
import { schemaCommand } from './schema.js'
import { serveCommand } from './serve.js'

/** Every command, in the order of the usage text. */
export const commands: readonly Command[] = [serveCommand, migrateCommand, schemaCommand]
