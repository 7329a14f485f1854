import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { env } from 'node:process'

/** Addresses of this machine at which nothing listens. */
async function freeUrls<Name extends string>(
  ...names: readonly Name[]
): Promise<Readonly<Record<Name, string>>> {
  const servers = names.map(() => createServer().listen(0, '127.0.0.1'))
  await Promise.all(servers.map((server) => once(server, 'listening')))
  const urls = servers.map((server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  for (const server of servers) server.close()
  await Promise.all(servers.map((server) => once(server, 'close')))
  return Object.fromEntries(names.map((name, index) => [name, urls[index]])) as Record<Name, string>
}

/** A project that runs. */
export interface StartedProject {
  /** What it wrote. */
  readonly output: string
  readonly urls: Readonly<Record<'ISSUER' | 'API_URL' | 'CLIENT_URL', string>>
  /** Presses Ctrl+C, and waits until all of it has ended. */
  readonly interrupt: () => Promise<void>
}

/** Runs `npm start` as at a terminal, until it says how to stop it. */
export async function startProject(folder: string, nodeOptions = ''): Promise<StartedProject> {
  const urls = await freeUrls('ISSUER', 'API_URL', 'CLIENT_URL')
  const child = spawn('npm', ['start'], {
    cwd: folder,
    env: { ...env, ...urls, NODE_OPTIONS: nodeOptions },
    // A process group of its own: Ctrl+C goes to all of a group.
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'close')
  const interrupt = async (): Promise<void> => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGINT')
    await ended
  }
  let output = ''
  for await (const part of child.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    output += String(part)
    if (output.includes('Ctrl+C stops them.')) return { output, urls, interrupt }
  }
  throw new Error(`npm start ended: ${output}`)
}
