import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** Something between a store and its server that can fail where neither of them notices. */
export interface MutableProxy {
  readonly url: string
  /** Leads the connections that come to another port. */
  readonly leadTo: (port: number) => void
  /** Forwards nothing any more on the connections that there are. */
  readonly mute: () => void
}

/** Leads connections to a port. It is gone after the test. */
export async function startProxy(port: number): Promise<MutableProxy> {
  let target = port
  const pairs = new Set<readonly [Socket, Socket]>()
  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1')
    const pair = [near, far] as const
    pairs.add(pair)
    for (const socket of pair) socket.on('error', () => undefined)
    near.pipe(far)
    far.pipe(near)
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    for (const pair of pairs) for (const socket of pair) socket.destroy()
    server.close()
  })
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('it does not listen')
  return {
    url: `redis://127.0.0.1:${address.port}`,
    leadTo(next) {
      target = next
    },
    mute() {
      for (const [near, far] of pairs) {
        near.unpipe(far)
        near.resume()
      }
    },
  }
}
