import { spawn } from 'node:child_process'
import type { ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const packageRoot = fileURLToPath(new URL('../..', import.meta.url))
const runSource = [
  '--conditions=bailiwick-source',
  '--import',
  import.meta.resolve('tsx'),
  'src/bailiwick.ts',
]

/** A `bailiwick serve` in a process of its own. */
export interface RunningServer {
  readonly url: string
  readonly output: () => { readonly stdout: string; readonly stderr: string }
  readonly kill: (signal: NodeJS.Signals) => void
  /** Resolves with the exit code, or with the name of the signal that ended the process. */
  readonly exited: Promise<number | NodeJS.Signals>
}

async function exitOf(
  child: ChildProcessByStdio<null, Readable, Readable>,
): Promise<number | NodeJS.Signals> {
  const [code, signal]: (number | NodeJS.Signals | null)[] = await once(child, 'close')
  return code ?? signal ?? 0
}

/** Starts the command from source on a free port and waits until it listens. It is ended after the test. */
export async function startServer(config: string, ...args: string[]): Promise<RunningServer> {
  const child = spawn(
    process.execPath,
    [...runSource, 'serve', '--config', config, '--port', '0', '--store', 'memory', ...args],
    { cwd: packageRoot, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const exited = exitOf(child)
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await exited
  })
  let stdout = ''
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const url = new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      const [, found] = /^Bailiwick is listening on (\S+)\n/.exec(stdout) ?? []
      if (found !== undefined) resolve(found)
    })
    void exited.then((exit) => reject(new Error(`it ended with ${exit}: ${stderr}`)))
  })
  return {
    url: await url,
    output: () => ({ stdout, stderr }),
    kill: (signal) => child.kill(signal),
    exited,
  }
}
