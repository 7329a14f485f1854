import { parseArgs } from 'node:util'
import { UsageError } from './usage-error.js'

/** An option of a command. All of them take a value. */
export interface CommandOption {
  /** What stands for the value in the usage text: `FILE`. */
  readonly placeholder: string
  readonly description: string
}

/** The values that were given, by the names of the options. */
export type OptionValues<Name extends string> = Readonly<Partial<Record<Name, string>>>

function isArgumentError(error: unknown): error is Error {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    error.code.startsWith('ERR_PARSE_ARGS_')
  )
}

/**
 * Reads the arguments of a command. A few options that all take a value need no more than Node.js has, so no
 * argument parser is among the dependencies.
 *
 * @throws UsageError for an option that the command does not have, and for one without its value.
 */
export function readArguments<Name extends string>(
  options: Readonly<Record<Name, CommandOption>>,
  args: readonly string[],
): OptionValues<Name> {
  const known = Object.fromEntries(
    Object.keys(options).map((name) => [name, { type: 'string' } as const]),
  )
  try {
    const { values } = parseArgs({ args: [...args], options: known })
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- parseArgs knows no other names than those of options
    return values as OptionValues<Name>
  } catch (error) {
    if (!isArgumentError(error)) throw error
    // What follows the first sentence is advice on positional arguments, which no command has.
    const [sentence = error.message] = error.message.split(/\. |\n/, 1)
    throw new UsageError(sentence, { cause: error })
  }
}
