import { once } from 'node:events'
import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'

/** Serves an application at a URL. Fails if something else is there. */
export async function listen(application: RequestListener, url: string): Promise<void> {
  const { hostname, port } = new URL(url)
  const server = createServer(application).listen(Number(port), hostname)
  await once(server, 'listening')
}
