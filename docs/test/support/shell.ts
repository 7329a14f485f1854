import { env } from 'node:process'
import { startProgram } from '../../../tests/support/start-program.js'
import type { RunningProgram } from '../../../tests/support/start-program.js'

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

/** Opens a shell in a folder that `createFolder` has made. */
export function openShell(folder: string): Shell {
  const staying: RunningProgram[] = []

  const bash = (commands: string, ...ready: readonly string[]): Promise<RunningProgram> =>
    startProgram(['bash', '-c', `exec 2>&1\n${remembering(commands)}`], {
      cwd: folder,
      env: readersEnvironment(folder),
      ready,
    })

  return {
    async run(commands) {
      const { output, ended, end } = await bash(commands)
      const timer = setTimeout(() => void end('SIGKILL'), timeLimit)
      const how = await ended
      clearTimeout(timer)
      return typeof how === 'number'
        ? { output: output(), exitCode: how }
        : { output: `${output()}\n(not over after ${timeLimit / 1000} seconds)`, exitCode: 124 }
    },
    async start(commands, ready) {
      staying.push(await bash(commands, ready))
    },
    async stop() {
      await Promise.all(staying.map(({ end }) => end('SIGKILL')))
    },
  }
}
