import type { ConnectionOptions } from 'node:tls'
// Of the two clients that know clusters, ioredis recommends this one for what is new. And when an answer is lost, ioredis
// sends the command again: a `take` that has happened would look like one that found nothing. This one says that it failed.
import { createClient, createCluster, RedisClient } from '@redis/client'

/** Which server or cluster to connect to, and how. */
export interface LinkOptions {
  readonly url?: string
  readonly cluster?: readonly string[]
  readonly tls?: ConnectionOptions
  /** What the server calls the connections. */
  readonly name: string
  /** Seconds. */
  readonly timeout: number
}

/** Connections to a server, or to the nodes of a cluster. They are not repaired, but replaced by those of a new link. */
export interface Link {
  /** Whether there is any use in giving it a command. */
  readonly isUsable: () => boolean
  /** Sends a command to whoever has the key. */
  readonly send: (key: string, command: readonly string[]) => Promise<unknown>
  /** Lets what is under way end. */
  readonly close: () => Promise<unknown>
  readonly destroy: () => void
}

/** Opens a link, and calls `onLoss` each time that it has lost a connection. */
export type OpenLink = (onLoss: () => void) => Promise<Link>

interface Address {
  readonly host: string
  readonly port: number
}

interface Root extends Address {
  readonly isEncrypted: boolean
  readonly username: string | undefined
  readonly password: string | undefined
}

/** Reads a URL as the client does, which also says what is wrong with it. */
function readUrl(url: string, { tls }: LinkOptions): Root {
  const { username, password, socket } = RedisClient.parseURL(url)
  if (tls !== undefined && !socket.tls) throw new TypeError('tls needs rediss:// URLs')
  const { hostname, port } = new URL(url)
  return {
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: port === '' ? 6379 : Number(port),
    isEncrypted: socket.tls,
    username,
    password,
  }
}

/** What is the same for every connection. */
const settingsOf = ({ name, timeout, tls }: LinkOptions, isEncrypted: boolean) => ({
  // RESP 2 says all that is needed here, and every server and proxy knows it.
  RESP: 2 as const,
  name,
  maintNotifications: 'disabled' as const,
  // This would be about commands that are not sent yet; `within` is about all.
  commandOptions: { timeout: 0 },
  // An idle connection that has died is noticed before somebody needs it.
  pingInterval: timeout * 500,
  socket: {
    connectTimeout: timeout * 1000,
    socketTimeout: timeout * 1000,
    reconnectStrategy: false as const,
    ...(isEncrypted && { ...tls, tls: true as const }),
  },
})

async function openOrDestroy(
  client: Pick<Link, 'destroy'> & { readonly connect: () => Promise<unknown> },
): Promise<void> {
  try {
    await client.connect()
  } catch (error) {
    client.destroy()
    throw error
  }
}

/** Prepares to open links to one server. */
export function serverLinks(url: string, options: LinkOptions): OpenLink {
  const { isEncrypted } = readUrl(url, options)
  return async (onLoss) => {
    const client = createClient({ url, ...settingsOf(options, isEncrypted) })
    // Without a listener, a lost connection would end the process.
    client.on('error', onLoss)
    await openOrDestroy(client)
    return {
      isUsable: () => client.isReady,
      send: (_key, command) => client.sendCommand([...command]),
      close: () => client.close(),
      destroy: () => client.destroy(),
    }
  }
}

/** Prepares to open links to the cluster that one of these nodes belongs to. */
export function clusterLinks(urls: readonly string[], options: LinkOptions): OpenLink {
  const roots = urls.map((url) => readUrl(url, options))
  const [first] = roots
  if (first === undefined) throw new TypeError('cluster needs the URL of a node')
  const { username, password } = first
  let previous: { readonly masters: readonly Address[] } | undefined

  return async (onLoss) => {
    let reason: unknown
    const cluster = createCluster({
      rootNodes: [...(previous?.masters ?? []), ...roots].map(({ host, port }) => ({
        socket: { host, port },
      })),
      defaults: {
        ...settingsOf(options, first.isEncrypted),
        ...(username !== undefined && { username }),
        ...(password !== undefined && { password }),
      },
      RESP: 2,
      // A node that is away stops nobody who asks for what others have.
      minimizeConnections: true,
    })
    cluster.on('error', (error) => (reason = error)).on('node-error', onLoss)
    await openOrDestroy(cluster).catch((error: unknown) => {
      throw reason ?? error
    })
    previous = cluster
    return {
      isUsable: () => cluster.isReady,
      send: (key, command) => cluster.sendCommand(key, false, [...command]),
      close: () => cluster.close(),
      destroy: () => cluster.destroy(),
    }
  }
}
