import { createClient } from '@redis/client'

/** A connection beside the stores, to look at what they do and to get in their way. */
export interface Admin {
  readonly send: (...command: readonly string[]) => Promise<unknown>
  readonly keys: (prefix: string) => Promise<readonly string[]>
  readonly cut: (name: string) => Promise<void>
  readonly removeKeys: (prefix: string) => Promise<void>
  readonly close: () => void
}

/** Connects to a server, at once or not at all. */
export async function connectAdmin(url: string): Promise<Admin> {
  const client = createClient({
    url,
    RESP: 2,
    socket: { connectTimeout: 2000, reconnectStrategy: false },
  })
  client.on('error', () => undefined)
  await client.connect()
  const send = (...command: readonly string[]): Promise<unknown> => client.sendCommand([...command])

  async function keys(prefix: string): Promise<readonly string[]> {
    const found: string[] = []
    for await (const part of client.scanIterator({ MATCH: `${prefix}*`, COUNT: 1000 })) {
      found.push(...part)
    }
    return found
  }

  return {
    send,
    keys,
    /** Ends the connections of that name. */
    async cut(name) {
      const list = String(await send('CLIENT', 'LIST'))
      const ids = [...list.matchAll(/^id=(\d+) .* name=(\S*) /gm)].filter(
        ([, , has]) => has === name,
      )
      await Promise.all(ids.map(([, id]) => send('CLIENT', 'KILL', 'ID', id!)))
    },
    async removeKeys(prefix) {
      await Promise.all((await keys(prefix)).map((key) => send('DEL', key)))
    },
    close: () => client.destroy(),
  }
}
