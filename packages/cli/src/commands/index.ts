import type { Command } from './command.js'
import { explainCommand } from './explain.js'
import { importCommand } from './import.js'
import { keysListCommand } from './keys-list.js'
import { keysRevokeCommand } from './keys-revoke.js'
import { keysRotateCommand } from './keys-rotate.js'
import { lintCommand } from './lint.js'
import { migrateCommand } from './migrate.js'
import { schemaCommand } from './schema.js'
import { serveCommand } from './serve.js'

/** Every command, in the order of the usage text. */
export const commands: readonly Command[] = [
  serveCommand,
  explainCommand,
  lintCommand,
  importCommand,
  keysListCommand,
  keysRotateCommand,
  keysRevokeCommand,
  migrateCommand,
  schemaCommand,
]
