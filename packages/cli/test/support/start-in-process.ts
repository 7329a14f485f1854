import { onTestFinished } from 'vitest'
import { run } from '../../src/run.js'

/**
 * Starts the server of a configuration file on a free port of this process, which takes less time than a process of its
 * own, and gives its URL. It is stopped after the test.
 */
export async function startInProcess(config: string, ...args: string[]): Promise<string> {
  let stop: () => void = () => undefined
  const stopped = new Promise<void>((resolve) => {
    stop = resolve
  })
  return new Promise((resolve, reject) => {
    let stderr = ''
    const exited = run(['serve', '--config', config, '--port', '0', '--store', 'memory', ...args], {
      stdout: { write: (text) => resolve(text.trim().replace(/^.* /, '')) },
      stderr: { write: (text) => (stderr += text) },
      now: () => new Date(),
      environment: {},
      stopRequested: () => stopped,
    })
    onTestFinished(async () => {
      stop()
      await exited
    })
    void exited.then((exit) => reject(new Error(`it ended with ${exit}: ${stderr}`)))
  })
}
