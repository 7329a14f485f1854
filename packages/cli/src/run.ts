import { CommandFailure } from './command-failure.js'
import type { Command, CommandContext } from './commands/command.js'
import { commands } from './commands/index.js'
import { UsageError } from './usage-error.js'
import { commandUsage, usage } from './usage.js'
import { version } from './version.js'

const success = 0
const failure = 1
const wrongUsage = 2

type ExitCode = typeof success | typeof failure | typeof wrongUsage

const asksForHelp = (args: readonly string[]): boolean =>
  args.includes('--help') || args.includes('-h')

async function runCommand(
  command: Command,
  args: readonly string[],
  context: CommandContext,
): Promise<ExitCode> {
  const { stdout, stderr } = context
  if (asksForHelp(args)) {
    stdout.write(commandUsage(command))
    return success
  }
  try {
    await command.run(args, context)
    return success
  } catch (error) {
    if (error instanceof UsageError) {
      stderr.write(`bailiwick ${command.name}: ${error.message}\n\n${commandUsage(command)}`)
      return wrongUsage
    }
    if (!(error instanceof CommandFailure)) throw error
    stderr.write(`${error.message}\n`)
    return failure
  }
}

/** Whether a command line begins with the words of its name. */
const isNamed = ({ name }: Command, args: readonly string[]): boolean =>
  name.split(' ').every((word, index) => args[index] === word)

/** What is wrong with a command line that names no command, but perhaps the first word of some. */
function complaintAbout(name: string, group: readonly Command[]): string {
  if (name === '') return 'a command is needed'
  if (group.length === 0) return `'${name}' is no command`
  return `${name} is followed by ${group.map((command) => command.name.slice(name.length + 1)).join(', ')}`
}

/**
 * Does what a command line says.
 *
 * @param args what follows the name of the program.
 * @returns the exit code: 0 for success, 1 when the command could not do its work, 2 for wrong usage.
 */
export async function run(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { stdout, stderr } = context
  const [name = ''] = args
  const command = commands.find((candidate) => isNamed(candidate, args))
  if (command !== undefined) {
    return runCommand(command, args.slice(command.name.split(' ').length), context)
  }
  const group = commands.filter((candidate) => candidate.name.startsWith(`${name} `))
  const offered = group.length === 0 ? commands : group
  if (asksForHelp(args)) {
    stdout.write(usage(offered))
    return success
  }
  if (name === '--version') {
    stdout.write(`${version()}\n`)
    return success
  }
  stderr.write(`bailiwick: ${complaintAbout(name, group)}\n\n${usage(offered)}`)
  return wrongUsage
}
