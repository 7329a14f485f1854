import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../../../tests/support/free-port.js'

/** A server in a process of its own, on a loopback port and in a folder of its own. */
export interface RedisProcess {
  readonly port: number
  readonly url: string
  /** Stops answering, with all connections open. */
  readonly pause: () => void
  readonly resume: () => void
  readonly stop: () => Promise<void>
  /** Starts again where it was. */
  readonly start: () => Promise<void>
  /** Stops for good. */
  readonly remove: () => Promise<void>
}

const program = ['redis-server', 'valkey-server'].find(
  (name) => spawnSync(name, ['--version']).status === 0,
)

/** Whether servers can be started here. */
export const canStartRedis = program !== undefined

async function run(settings: readonly string[]) {
  const child = spawn(program!, settings, { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(child, 'close')
  let output = ''
  await new Promise<void>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
      if (/ready to accept connections/i.test(output)) resolve()
    })
    void exited.then(() => reject(new Error(`the server ended: ${output}`)))
  })
  return { child, exited }
}

/** Starts a server. It keeps nothing on disk but the state of a cluster. */
export async function startRedis(...settings: readonly string[]): Promise<RedisProcess> {
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'bailiwick-redis-'))
  const all = [
    '--bind',
    '127.0.0.1',
    '--port',
    `${port}`,
    '--dir',
    folder,
    '--save',
    '',
    ...settings,
  ]
  let running = await run(all)
  const stop = async (): Promise<void> => {
    running.child.kill('SIGKILL')
    await running.exited
  }
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    pause: () => void running.child.kill('SIGSTOP'),
    resume: () => void running.child.kill('SIGCONT'),
    stop,
    async start() {
      running = await run(all)
    },
    async remove() {
      await stop()
      rmSync(folder, { recursive: true })
    },
  }
}
