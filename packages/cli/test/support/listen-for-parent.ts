import { once } from 'node:events'
import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import process, { stdout } from 'node:process'

/** Listens on a free port, prints where, and ends with the process that has started this one. */
export async function listenForParent(listener: RequestListener): Promise<void> {
  const server = createServer(listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  process.on('disconnect', () => process.exit(0))
  stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`)
}
