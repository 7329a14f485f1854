import type { CommandOption } from '../read-arguments.js'

/** Where a server is and keeps its state, unless its command line says otherwise. */
export const serverDefaults = {
  port: '5001',
  host: '127.0.0.1',
  store: './bailiwick.db',
  migrate: 'yes',
} as const

/** The options that say which server a command is about. */
export const serverOptions = {
  config: { placeholder: 'FILE', description: 'The configuration: .json, .ts or .js.' },
  store: {
    placeholder: 'PLACE',
    description: `Where state is kept: memory, a file, or a postgres:// or redis:// URL. Default: ${serverDefaults.store}.`,
  },
} as const satisfies Readonly<Record<string, CommandOption>>
