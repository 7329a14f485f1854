import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

/** Stands between a client and a server on loopback, and does to their connections what networks do. */
export interface Proxy {
  readonly port: number
  /** Passes nothing on any more, either way. Connections are still accepted, and nobody is told. */
  readonly hang: () => void
  /** Passes on what has been held back since {@link Proxy.hang}, and what comes. */
  readonly resume: () => void
  /**
   * Passes on the next request for which this is true, and when the server answers it, drops the answer and closes the
   * connection. A request is what arrives in one piece.
   */
  readonly loseAnswer: (isIt?: (request: Buffer) => boolean) => void
  /** How many connections it has passed on so far. */
  readonly connections: () => number
  /** Closes the connections of now. New ones are passed on. */
  readonly cut: () => void
  readonly close: () => Promise<void>
}

interface Pair {
  readonly client: Socket
  readonly server: Socket
}

function destroy({ client, server }: Pair): void {
  client.destroy()
  server.destroy()
}

/** Starts a proxy in front of a port of this machine or another: on a free port, or where one was before. */
export async function startProxy(target: number, host = '127.0.0.1', port = 0): Promise<Proxy> {
  const pairs = new Set<Pair>()
  let count = 0
  let isHanging = false
  let isLost: (request: Buffer) => boolean = () => false

  function pass(pair: Pair): void {
    const { client, server } = pair
    let isAnswerLost = false
    client.on('data', (request) => {
      if (isLost(request)) {
        isLost = () => false
        isAnswerLost = true
      }
      server.write(request)
    })
    server.on('data', (answer) => {
      if (isAnswerLost) destroy(pair)
      else client.write(answer)
    })
    for (const socket of [client, server]) {
      socket.on('error', () => destroy(pair))
      socket.on('close', () => {
        destroy(pair)
        pairs.delete(pair)
      })
    }
  }

  const listener = createServer((client) => {
    count += 1
    const pair = { client, server: connect(target, host) }
    pairs.add(pair)
    pass(pair)
    if (isHanging) for (const socket of [pair.client, pair.server]) socket.pause()
  })
  listener.listen(port, '127.0.0.1')
  await once(listener, 'listening')

  return {
    port: (listener.address() as AddressInfo).port,
    hang() {
      isHanging = true
      for (const { client, server } of pairs) for (const socket of [client, server]) socket.pause()
    },
    resume() {
      isHanging = false
      for (const { client, server } of pairs) for (const socket of [client, server]) socket.resume()
    },
    loseAnswer(isIt = () => true) {
      isLost = isIt
    },
    connections: () => count,
    cut() {
      for (const pair of pairs) destroy(pair)
    },
    async close() {
      for (const pair of pairs) destroy(pair)
      listener.close()
      await once(listener, 'close')
    },
  }
}
