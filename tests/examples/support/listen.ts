import { once } from 'node:events'
import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import { onTestFinished } from 'vitest'

/** Listens at a free port until the test is over, or until what `whenOver` is given is called. Gives its origin. */
export async function listen(
  listener: RequestListener,
  whenOver: (end: () => void) => void = onTestFinished,
): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  whenOver(() => {
    server.close()
    server.closeAllConnections()
  })
  await once(server, 'listening')
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
}
