import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { env } from 'node:process'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../..', import.meta.url))

/** A program of the page that runs. */
export interface RunningNode {
  readonly url: string
  readonly port: number
  /** Asks it to stop, and gives its exit code. */
  readonly stop: () => Promise<unknown>
  readonly kill: () => void
}

/**
 * Starts a program with variables, and waits until it says where it listens.
 *
 * @throws when it ends before, with what it says.
 */
export async function startNode(
  file: string,
  variables: Readonly<Record<string, string>>,
): Promise<RunningNode> {
  const child = spawn(process.execPath, ['--import=tsx', '--conditions=bailiwick-source', file], {
    cwd: folder,
    env: { ...env, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = once(child, 'close')
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text
      const [, found] = /^listening on (\d+)$/m.exec(said) ?? []
      if (found !== undefined) resolve(Number(found))
    })
    void exited.then(([code]) => reject(new Error(`it ended with ${String(code)}: ${said}`)))
  })
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    kill: () => child.kill('SIGKILL'),
    async stop() {
      child.kill('SIGTERM')
      const [code] = (await exited) as [unknown]
      return code
    },
  }
}
