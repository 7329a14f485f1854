import { env } from 'node:process'
import { freePort } from '../../../../tests/support/free-port.js'
import { startProgram } from '../../../../tests/support/start-program.js'

const freeUrl = async (): Promise<string> => `http://127.0.0.1:${await freePort()}`

/** A project that runs. */
export interface StartedProject {
  /** What it has written. */
  readonly output: string
  readonly urls: Readonly<Record<'ISSUER' | 'API_URL' | 'CLIENT_URL', string>>
  /** Presses Ctrl+C, and waits until all of it has ended. */
  readonly interrupt: () => Promise<unknown>
}

/** Runs `npm start` as at a terminal, until it says how to stop it. */
export async function startProject(folder: string, nodeOptions = ''): Promise<StartedProject> {
  const urls = {
    ISSUER: await freeUrl(),
    API_URL: await freeUrl(),
    CLIENT_URL: await freeUrl(),
  }
  const { output, end } = await startProgram(['npm', 'start'], {
    cwd: folder,
    env: { ...env, ...urls, NODE_OPTIONS: nodeOptions },
    ready: ['Ctrl+C stops them.'],
  })
  return { output: output(), urls, interrupt: () => end('SIGINT') }
}
