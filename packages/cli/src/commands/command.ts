import { readArguments } from '../read-arguments.js'
import type { Environment } from '../serving/explorer-access.js'
import type { CommandOption, OptionValues } from '../read-arguments.js'

/** Takes text. */
interface OutputStream {
  readonly write: (text: string) => unknown
  /** Whether it is a terminal that shows colours, and nobody objects (`NO_COLOR`). */
  readonly hasColors?: () => boolean
}

/** Where a command writes, and how it knows the time and when to stop. */
export interface CommandContext {
  readonly stdout: OutputStream
  readonly stderr: OutputStream
  readonly now: () => Date
  readonly environment: Environment
  /** Resolves when somebody asks the process to stop. Until it is called, such a request ends the process at once. */
  readonly stopRequested: () => Promise<void>
}

/** What a command is made of. */
interface CommandDefinition<Name extends string> {
  readonly name: string
  /** What it does, in one line. */
  readonly summary: string
  /** How it is called: `serve --config FILE`. */
  readonly synopsis: string
  readonly options: Readonly<Record<Name, CommandOption>>
  readonly run: (values: OptionValues<Name>, context: CommandContext) => Promise<void>
}

/** One of the things that `bailiwick` does. */
export interface Command extends Omit<CommandDefinition<string>, 'run'> {
  /**
   * @throws UsageError when the arguments make no sense.
   * @throws CommandFailure when the command cannot do its work.
   */
  readonly run: (args: readonly string[], context: CommandContext) => Promise<void>
}

/** Makes a command, which gets the values of exactly the options that it lists. */
export function defineCommand<Name extends string>(definition: CommandDefinition<Name>): Command {
  const { options, run } = definition
  return {
    ...definition,
    run: async (args, context) => run(readArguments(options, args), context),
  }
}
