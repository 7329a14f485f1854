import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { env as ownEnvironment, kill } from 'node:process'

/** A program that runs in a process group of its own, with everything that it has started. */
export interface RunningProgram {
  /** What it has printed so far. */
  readonly output: () => string
  /** Its exit code, or the signal that ended it, as soon as all that has its output has ended. */
  readonly ended: Promise<number | NodeJS.Signals>
  /** Sends a signal to all of them, as a terminal does, and waits until they have ended. */
  readonly end: (signal: NodeJS.Signals) => Promise<number | NodeJS.Signals>
}

/** How to start a program. */
export interface ProgramOptions {
  readonly cwd: string
  /** All of its environment. Without it, that of the tests. */
  readonly env?: NodeJS.ProcessEnv
  /** What it prints when it is ready: all of them, in any order. Without any, it is not waited for. */
  readonly ready?: readonly string[]
}

// A test that waits for longer would end without saying what was printed instead.
const patience = 120_000

function spawnGroup([file = '', ...args]: readonly string[], { cwd, env }: ProgramOptions) {
  const child = spawn(file, args, {
    cwd,
    env: env ?? ownEnvironment,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'close').then(
    ([code, signal]: (number | NodeJS.Signals | null)[]) => code ?? signal ?? 0,
  )
  const end = (signal: NodeJS.Signals): Promise<number | NodeJS.Signals> => {
    const isRunning = child.exitCode === null && child.signalCode === null
    if (isRunning && child.pid !== undefined) kill(-child.pid, signal)
    return ended
  }
  return { child, ended, end }
}

/**
 * Starts a program, and waits until it is ready.
 *
 * @throws when it ends before, or does not come to it, with what it has printed.
 */
export async function startProgram(
  command: readonly string[],
  options: ProgramOptions,
): Promise<RunningProgram> {
  const { ready = [] } = options
  const { child, ended, end } = spawnGroup(command, options)
  let output = ''
  const reading = new Promise<void>((resolve) => {
    const read = (text: string): void => {
      output += text
      if (ready.every((line) => output.includes(line))) resolve()
    }
    child.stdout.setEncoding('utf8').on('data', read)
    child.stderr.setEncoding('utf8').on('data', read)
    if (ready.length === 0) resolve()
  })
  const timer = setTimeout(() => void end('SIGKILL'), patience)
  const ending = ended.then((how) => {
    throw new Error(
      `${command.join(' ')} ended with ${how} before it printed '${ready.join("', '")}': ${output}`,
    )
  })
  await Promise.race([reading, ending]).finally(() => clearTimeout(timer))
  ending.catch(() => {})
  return { output: () => output, ended, end }
}
