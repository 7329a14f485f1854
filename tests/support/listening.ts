import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Something that listens on a port of this machine. */
export interface Listening {
  readonly url: string
  readonly close: () => void
}

/** Starts what has to know where it is, as an issuer does. */
export async function listening(
  create: (url: string) => RequestListener | Promise<RequestListener>,
): Promise<Listening> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => {
    server.once('listening', resolve)
  })
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  server.on('request', await create(url))
  return {
    url,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}
