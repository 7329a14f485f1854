import { parseArgs } from 'node:util'
import { callers, frameworks } from './choices.js'
import type { Choices } from './choices.js'
import { UsageError } from './usage-error.js'

/** What a command line says. */
export interface Arguments {
  readonly choices: Partial<Choices>
  readonly asksNothing: boolean
}

const options = {
  framework: { type: 'string' },
  callers: { type: 'string' },
  yes: { type: 'boolean', default: false },
} as const

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    // What follows the first sentence is advice on positional arguments.
    const [sentence = error.message] = error.message.split(/\. |\n/, 1)
    throw new UsageError(sentence, { cause: error })
  }
}

/** Checks the value of an option that takes one of a few. */
function oneOf<Value extends string>(
  name: string,
  given: string,
  known: readonly { readonly value: Value }[],
): Value {
  const found = known.find(({ value }) => value === given)
  if (found !== undefined) return found.value
  const values = known.map(({ value }) => value).join(' or ')
  throw new UsageError(`--${name} is ${values}, and not '${given}'`)
}

/**
 * Reads what follows the name of the program.
 *
 * @throws UsageError for what it does not understand.
 */
export function readArguments(args: readonly string[]): Arguments {
  const { values, positionals } = parse(args)
  const [folder, unexpected] = positionals
  if (folder === '') throw new UsageError('the name of the folder is empty')
  if (unexpected !== undefined) throw new UsageError(`'${unexpected}' is one folder too many`)
  const { framework, callers: who, yes: asksNothing } = values
  return {
    choices: {
      ...(folder !== undefined && { folder }),
      ...(framework !== undefined && { framework: oneOf('framework', framework, frameworks) }),
      ...(who !== undefined && { callers: oneOf('callers', who, callers) }),
    },
    asksNothing,
  }
}
