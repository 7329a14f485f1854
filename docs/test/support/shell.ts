import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { env } from 'node:process'

/** What a command printed, and how it ended. */
interface Outcome {
  readonly output: string
  readonly exitCode: number
}

/** A folder in which the commands of a page are run, one after the other, as in one terminal. */
export interface Shell {
  readonly run: (commands: string) => Promise<Outcome>
  /** Starts what stays, and waits until it prints a text. */
  readonly start: (commands: string, ready: string) => Promise<void>
  /** Ends what was started, with everything that came of it. */
  readonly stop: () => Promise<void>
}

/** Keeps variables and the folder for the commands that come next. */
const remembering = (commands: string): string => `
set -eo pipefail
if [ -f "$PAGE_STATE" ]; then . "$PAGE_STATE"; cd "$PWD"; fi
trap 'export -p > "$PAGE_STATE"' EXIT
set -a
${commands}`

/** Of the environment of the tests a reader has only this. */
const readersEnvironment = (folder: string): NodeJS.ProcessEnv => ({
  PATH: `${folder}/.bin:${env['PATH']}`,
  HOME: env['HOME'],
  LANG: 'C.UTF-8',
  PAGE_STATE: `${folder}/.state`,
  npm_config_offline: 'true',
  npm_config_update_notifier: 'false',
})

const timeLimit = 60_000

const stopGroup = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  const ended = once(child, 'close')
  process.kill(-child.pid, 'SIGKILL')
  await ended
}

export function openShell(folder: string): Shell {
  const staying: ChildProcess[] = []

  const bash = (
    commands: string,
  ): { readonly child: ChildProcess; readonly output: () => string } => {
    const child = spawn('bash', ['-c', `exec 2>&1\n${remembering(commands)}`], {
      cwd: folder,
      env: readersEnvironment(folder),
      stdio: ['ignore', 'pipe', 'inherit'],
      // A group of its own, so that everything that it starts can be ended.
      detached: true,
    })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk
    })
    return { child, output: () => output }
  }

  return {
    async run(commands) {
      const { child, output } = bash(commands)
      const timer = setTimeout(() => void stopGroup(child), timeLimit)
      await once(child, 'close')
      clearTimeout(timer)
      const ending = child.exitCode === null ? `\n(ended after ${timeLimit / 1000} seconds)` : ''
      return { output: output() + ending, exitCode: child.exitCode ?? 124 }
    },
    async start(commands, ready) {
      const { child, output } = bash(commands)
      staying.push(child)
      await new Promise<void>((resolve, reject) => {
        const fail = (why: string): void => reject(new Error(`${why}:\n${output()}`))
        const timer = setTimeout(() => fail(`it does not print '${ready}'`), timeLimit)
        child.stdout?.on('data', () => {
          if (!output().includes(ready)) return
          clearTimeout(timer)
          resolve()
        })
        child.once('close', () => fail(`it ended before it printed '${ready}'`))
      })
    },
    async stop() {
      await Promise.all(staying.map(stopGroup))
    },
  }
}
