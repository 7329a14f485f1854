import type { ExplorerAccess } from '@bailiwick/ui'
import { CommandFailure } from '../command-failure.js'
import { UsageError } from '../usage-error.js'

/** The variables of the process, by their names. */
export type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads the option `--explorer`: `loopback`, or `env:NAME` with the name of the variable that holds the password, so that
 * the password itself stands on no command line.
 *
 * @throws UsageError when it is neither.
 * @throws CommandFailure when there is no such variable.
 */
export function readExplorerAccess(text: string, environment: Environment): ExplorerAccess {
  if (text === 'loopback') return 'open-on-loopback'
  const [, name] = /^env:([A-Za-z_]\w*)$/.exec(text) ?? []
  if (name === undefined)
    throw new UsageError(`--explorer takes loopback or env:NAME, not '${text}'`)
  const password = environment[name]
  if (password === undefined || password === '') {
    throw new CommandFailure(`--explorer env:${name}: the variable ${name} is not set`)
  }
  return { password }
}
