import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { env, kill } from 'node:process'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

/** For the tests of examples, which start several programs each: a busy machine must not fail one. */
export const patience = { timeout: 300_000 }

/** An example that runs as its README says. */
export interface RunningExample {
  /** What it has printed so far. */
  readonly output: () => string
  /** Stops it as a terminal does. Ends when all its processes have ended. */
  readonly stop: () => Promise<void>
}

/** How to start an example. */
export interface StartOptions {
  /** The script of its package.json. */
  readonly script?: string
  /** What it prints when it is ready: all of them, in any order. */
  readonly ready: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** Is given what ends it. Without it, it ends with the test. */
  readonly whenOver?: (end: () => Promise<void>) => void
}

/** A port that nobody listens to. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (typeof address !== 'object' || address === null) throw new Error('there is no free port')
  return address.port
}

function spawnExample(name: string, script: string, variables: Readonly<Record<string, string>>) {
  // Those of the test runner are not those of a user.
  const { NODE_ENV: _, VITEST: __, ...inherited } = env
  const child = spawn('npm', ['run', script], {
    cwd: fileURLToPath(new URL(`../../../examples/${name}`, import.meta.url)),
    // A group of its own, because npm starts a shell, which starts what runs.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    // As the other tests do, from source, so that no build is needed.
    env: { ...inherited, ...variables, NODE_OPTIONS: '--conditions=bailiwick-source' },
  })
  if (child.pid === undefined) throw new Error('npm cannot be started')
  return { child, pid: child.pid }
}

/** Starts an example, and stops it when the test is over. */
export async function startExample(
  name: string,
  { script = 'start', ready, env: variables, whenOver = onTestFinished }: StartOptions,
): Promise<RunningExample> {
  const { child, pid } = spawnExample(name, script, variables)
  const closed = once(child, 'close')
  let output = ''

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (child.exitCode === null && child.signalCode === null) kill(-pid, signal)
    await closed
  }
  // One that does not stop when it is asked to fails a test, and is no reason to stay.
  whenOver(() => end('SIGKILL'))

  await new Promise<void>((resolve, reject) => {
    const read = (text: string): void => {
      output += text
      if (ready.every((line) => output.includes(line))) resolve()
    }
    child.stdout.setEncoding('utf8').on('data', read)
    child.stderr.setEncoding('utf8').on('data', read)
    void closed.then(() => reject(new Error(`${name} ended: ${output}`)))
  })
  return { output: () => output, stop: () => end('SIGTERM') }
}

/** Runs a script of an example to its end, and gives what it has printed. */
export async function runExample(
  name: string,
  { script = 'start', env: variables }: Pick<StartOptions, 'script' | 'env'>,
): Promise<{ readonly exitCode: unknown; readonly output: string }> {
  const { child } = spawnExample(name, script, variables)
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text))
  const [exitCode] = await once(child, 'close')
  return { exitCode, output }
}
