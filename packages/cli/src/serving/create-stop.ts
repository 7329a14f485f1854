import { once } from 'node:events'
import type { Server, ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'

// Container platforms wait 10 seconds or longer before they kill.
const graceMilliseconds = 9000

/**
 * Watches the requests of a server, and gives the function that stops it: it accepts no more connections, finishes
 * the requests under way and closes what is left. Call it before the server answers its first request.
 */
export function createStop(server: Server): () => Promise<void> {
  const underWay = new Set<ServerResponse>()
  server.on('request', (_request, response) => {
    underWay.add(response)
    response.once('close', () => underWay.delete(response))
  })

  return async () => {
    const closed = once(server, 'close')
    server.close()
    const finished = [...underWay].map(async (response) => {
      if (!response.headersSent) response.setHeader('connection', 'close')
      await once(response, 'close')
    })
    await Promise.race([Promise.all(finished), delay(graceMilliseconds, undefined, { ref: false })])
    // Connections on which nothing was asked yet, which Node.js does not count as idle, and requests that never end.
    server.closeAllConnections()
    await closed
  }
}
