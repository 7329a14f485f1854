import { request as ask } from 'node:http'
import { listening } from '../../../tests/support/listening.js'
import type { Listening } from '../../../tests/support/listening.js'

/** A load balancer without sticky sessions: it takes one node after the other. */
export interface Balancer extends Listening {
  /** How many requests each node has got. */
  readonly counts: () => readonly number[]
  readonly use: (urls: readonly string[]) => void
}

/** Starts a balancer on a free port. It tells nodes the address of who asks, whatever that one says. */
export async function startBalancer(): Promise<Balancer> {
  let nodes: readonly { readonly url: string; count: number }[] = []
  let turn = 0

  const server = await listening(() => (request, response) => {
    const node = nodes[(turn += 1) % nodes.length]
    if (node === undefined) return response.writeHead(502).end()
    node.count += 1
    const headers = { ...request.headers, 'x-forwarded-for': request.socket.remoteAddress }
    const upstream = ask(`${node.url}${request.url ?? ''}`, { method: request.method, headers })
    upstream.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
      answer.pipe(response)
    })
    upstream.on('error', () => response.writeHead(502).end())
    return request.pipe(upstream)
  })
  return {
    ...server,
    counts: () => nodes.map(({ count }) => count),
    use(urls) {
      nodes = urls.map((url) => ({ url, count: 0 }))
    },
  }
}
