import { run } from '../../src/run.js'

/** What a command left behind. */
export interface Outcome {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs a command line in this process. A server that starts is stopped at once. */
export async function runInProcess(...args: readonly string[]): Promise<Outcome> {
  let stdout = ''
  let stderr = ''
  const exitCode = await run(args, {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    now: () => new Date(0),
    environment: { EXPLORER_PASSWORD: 'short' },
    stopRequested: async () => undefined,
  })
  return { exitCode, stdout, stderr }
}
