import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { env, getuid } from 'node:process'
import { promisify } from 'node:util'
import { freePort } from '../../../../tests/support/free-port.js'

/** A PostgreSQL of its own, on a free port of loopback, that can be stopped and started. */
export interface PrivatePostgres {
  readonly connectionString: string
  readonly port: number
  /** `fast` ends the connections, `immediate` is a crash. */
  readonly stop: (mode?: 'fast' | 'immediate') => Promise<void>
  /** Starts it again, on the same port and with what it had. */
  readonly start: () => Promise<void>
  /** Stops it, and deletes everything. */
  readonly destroy: () => Promise<void>
}

const versions = '/usr/lib/postgresql'

function findBinaries(): string | undefined {
  const installed = existsSync(versions)
    ? readdirSync(versions)
        .toSorted((a, b) => Number(b) - Number(a))
        .map((version) => join(versions, version, 'bin'))
    : []
  return [...(env['PATH'] ?? '').split(delimiter), ...installed].find(
    (folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'pg_ctl')),
  )
}

const binaries = findBinaries()

interface Account {
  readonly uid: number
  readonly gid: number
}

/** PostgreSQL refuses to run as root: then it runs as the user that comes with it. */
function findAccount(): Account | undefined {
  if (getuid?.() !== 0) return undefined
  const [, uid, gid] =
    /^postgres:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8')) ?? []
  return uid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) }
}

const account = findAccount()

/** Whether {@link startPrivatePostgres} can work on this machine. */
export const hasPostgresBinaries =
  binaries !== undefined && getuid !== undefined && (getuid() !== 0 || account !== undefined)

/** Makes a cluster in a temporary folder and starts it. */
export async function startPrivatePostgres(): Promise<PrivatePostgres> {
  if (binaries === undefined) throw new Error('there are no PostgreSQL binaries')
  const folder = mkdtempSync(join(tmpdir(), 'bailiwick-postgres-'))
  if (account !== undefined) chownSync(folder, account.uid, account.gid)
  const data = join(folder, 'data')
  const port = await freePort()
  const at = { cwd: folder, ...account }

  async function control(...args: readonly string[]): Promise<void> {
    // What it starts goes on, and would hold pipes open.
    const child = spawn(join(binaries ?? '', 'pg_ctl'), ['-D', data, '-w', ...args], {
      ...at,
      stdio: 'ignore',
    })
    const [code] = await once(child, 'exit')
    if (code !== 0) throw new Error(`pg_ctl ${args.join(' ')} failed: see ${folder}/log`)
  }
  // Nothing has to survive the machine.
  const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off`
  const start = () => control('-l', join(folder, 'log'), '-o', settings, 'start')
  const stop = (mode: 'fast' | 'immediate' = 'fast') => control('-m', mode, 'stop')

  const init = [
    '-D',
    data,
    '-A',
    'trust',
    '-U',
    'postgres',
    '-E',
    'UTF8',
    '--locale=C',
    '--no-sync',
  ]
  await promisify(execFile)(join(binaries, 'initdb'), init, at)
  await start()
  return {
    connectionString: `postgres://postgres@127.0.0.1:${port}/postgres`,
    port,
    start,
    stop,
    async destroy() {
      if (existsSync(join(data, 'postmaster.pid'))) await stop('immediate')
      rmSync(folder, { recursive: true })
    },
  }
}
