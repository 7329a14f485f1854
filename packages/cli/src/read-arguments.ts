import { parseArgs } from 'node:util'
import { UsageError } from './usage-error.js'

/** An option of a command. */
export interface CommandOption {
  /** What stands for the value in the usage text: `FILE`. An option without it takes no value. */
  readonly placeholder?: string
  readonly description: string
  /** It may be given several times: its value is all of them, with spaces between. */
  readonly isRepeatable?: true
}

/** The values that were given, by the names of the options. That of an option without a value is `'yes'`. */
export type OptionValues<Name extends string> = Readonly<Partial<Record<Name, string>>>

function isArgumentError(error: unknown): error is Error {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    error.code.startsWith('ERR_PARSE_ARGS_')
  )
}

const isDashed = (text = ''): boolean => /^-[^-]/.test(text)

/** A value may begin with a dash, as the name of a key may. Node.js takes it only after an equals sign. */
function withEqualsSigns(args: readonly string[], names: readonly string[]): string[] {
  const isOption = (text = ''): boolean => names.some((name) => text === `--${name}`)
  return args.flatMap((text, index) => {
    if (isDashed(text) && isOption(args[index - 1])) return []
    const value = args[index + 1]
    return isOption(text) && isDashed(value) ? [`${text}=${value}`] : [text]
  })
}

/** An empty value says nothing, and would be passed over without a word. */
function checkValue(name: string, value: string): string {
  if (value !== '') return value
  throw new UsageError(`--${name} needs a value, and not an empty one`)
}

/**
 * Reads the arguments of a command. A few options need no more than Node.js has, so no
 * argument parser is among the dependencies.
 *
 * @throws UsageError for an option that the command does not have, and for one without its value. Of several values for
 * an option that takes one, the last counts.
 */
export function readArguments<Name extends string>(
  options: Readonly<Record<Name, CommandOption>>,
  args: readonly string[],
): OptionValues<Name> {
  const entries = Object.entries<CommandOption>(options)
  const takesValue = entries.filter(([, { placeholder }]) => placeholder !== undefined)
  const known = Object.fromEntries(
    entries.map(([name, { placeholder, isRepeatable = false }]) => [
      name,
      { type: placeholder === undefined ? 'boolean' : 'string', multiple: isRepeatable } as const,
    ]),
  )
  try {
    const { values } = parseArgs({
      args: withEqualsSigns(
        args,
        takesValue.map(([name]) => name),
      ),
      options: known,
    })
    const texts = Object.entries(values).map(([name, value]) => [
      name,
      value === true ? 'yes' : checkValue(name, [value ?? []].flat().join(' ')),
    ])
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- parseArgs knows no other names than those of options
    return Object.fromEntries(texts) as OptionValues<Name>
  } catch (error) {
    if (!isArgumentError(error)) throw error
    // What follows the first sentence is advice on positional arguments, which no command has.
    const [sentence = error.message] = error.message.split(/\. |\n/, 1)
    throw new UsageError(sentence, { cause: error })
  }
}
