import { once } from 'node:events'
import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'

/** Something that listens at a free port. */
export interface Listening {
  readonly url: string
  readonly close: () => void
}

/** Starts what has to know where it is, as an issuer does. */
export async function listening(create: (url: string) => RequestListener): Promise<Listening> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  server.on('request', create(url))
  return {
    url,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}
