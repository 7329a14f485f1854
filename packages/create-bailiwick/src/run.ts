import type { Readable, Writable } from 'node:stream'
import { ask } from './ask.js'
import { defaultChoices } from './choices.js'
import type { Choices } from './choices.js'
import { CreationError } from './creation-error.js'
import { readOwnManifest } from './own-manifest.js'
import { readArguments } from './read-arguments.js'
import type { Arguments } from './read-arguments.js'
import { UsageError } from './usage-error.js'
import { usage } from './usage.js'
import { writeProject } from './write-project.js'

/** What the program is connected to. */
export interface Terminal {
  readonly stdin: Readable & { readonly isTTY?: boolean }
  readonly stdout: Writable
  readonly stderr: Writable
}

const success = 0
const failure = 1
const wrongUsage = 2

function choose({ choices, asksNothing }: Arguments, terminal: Terminal): Promise<Choices> {
  const { folder, framework, callers } = { ...(asksNothing && defaultChoices), ...choices }
  if (folder !== undefined && framework !== undefined && callers !== undefined) {
    return Promise.resolve({ folder, framework, callers })
  }
  if (terminal.stdin.isTTY !== true) {
    const advice = 'give a folder, --framework and --callers, or --yes'
    throw new UsageError(`there is no terminal to ask at: ${advice}`)
  }
  return ask(choices, { input: terminal.stdin, output: terminal.stdout })
}

/** A folder as a shell takes it, whatever is in its name. */
const shellWord = (folder: string): string =>
  /^[\w./~][\w./~-]*$/.test(folder) ? folder : `'${folder.replaceAll("'", String.raw`'\''`)}'`

const nextSteps = (folder: string): string => `
Your server, API and client are in ${folder}. Start them:

  cd ${shellWord(folder)}
  npm install
  npm start
`

async function create(args: readonly string[], terminal: Terminal): Promise<void> {
  const choices = await choose(readArguments(args), terminal)
  await writeProject(choices)
  terminal.stdout.write(nextSteps(choices.folder))
}

/**
 * Does what a command line says.
 *
 * @param args what follows the name of the program.
 * @returns the exit code: 0 for success, 1 when no project was written, 2 for wrong usage.
 */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { stdout, stderr } = terminal
  if (args.includes('--help') || args.includes('-h')) {
    stdout.write(usage)
    return success
  }
  if (args.includes('--version')) {
    stdout.write(`${readOwnManifest().version}\n`)
    return success
  }
  try {
    await create(args, terminal)
    return success
  } catch (error) {
    if (error instanceof UsageError) {
      stderr.write(`create-bailiwick: ${error.message}\n\n${usage}`)
      return wrongUsage
    }
    if (!(error instanceof CreationError)) throw error
    stderr.write(`${error.message}\n`)
    return failure
  }
}
