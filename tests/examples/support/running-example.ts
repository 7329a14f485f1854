import { env } from 'node:process'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { startProgram } from '../../support/start-program.js'
import type { RunningProgram } from '../../support/start-program.js'

/** For the tests of examples, which start several programs each: a busy machine must not fail one. */
export const patience = { timeout: 300_000 }

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

/** Starts an example as its README says, and ends it when the test is over. */
export async function startExample(
  name: string,
  { script = 'start', ready, env: variables, whenOver = onTestFinished }: StartOptions,
): Promise<RunningProgram> {
  // Those of the test runner are not those of a user.
  const { NODE_ENV: _, VITEST: __, ...inherited } = env
  const running = await startProgram(['npm', 'run', script], {
    cwd: fileURLToPath(new URL(`../../../examples/${name}`, import.meta.url)),
    // As the other tests do, from source, so that no build is needed.
    env: { ...inherited, ...variables, NODE_OPTIONS: '--conditions=bailiwick-source' },
    ready,
  })
  // One that does not stop when it is asked to fails a test, and is no reason to stay.
  whenOver(async () => void (await running.end('SIGKILL')))
  return running
}

/** Runs a script of an example to its end, and gives what it has printed. */
export async function runExample(
  name: string,
  options: Pick<StartOptions, 'script' | 'env'>,
): Promise<{ readonly exitCode: unknown; readonly output: string }> {
  const { ended, output } = await startExample(name, { ...options, ready: [] })
  return { exitCode: await ended, output: output() }
}
