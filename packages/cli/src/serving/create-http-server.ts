import { createServer as createPlainServer } from 'node:http'
import type { Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { CommandFailure } from '../command-failure.js'
import { readTextFile } from '../read-text-file.js'

/** The PEM files to serve https with. */
export interface TlsFiles {
  readonly key: string
  readonly cert: string
}

/**
 * Makes a server that does not listen yet: for https if there are files for it, otherwise for http.
 *
 * @throws CommandFailure when a file cannot be read, or holds no key or no certificate that belongs to it.
 */
export async function createHttpServer(tls: TlsFiles | undefined): Promise<Server> {
  if (tls === undefined) return createPlainServer()
  const [key, cert] = await Promise.all([readTextFile(tls.key), readTextFile(tls.cert)])
  try {
    return createTlsServer({ key, cert })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new CommandFailure(`cannot serve https with ${tls.key} and ${tls.cert}: ${reason}`, {
      cause: error,
    })
  }
}
