import type { ConnectionOptions } from 'node:tls'
import type { Store } from '@bailiwick/core'
import { createConnection } from './create-connection.js'
import { clusterLinks, serverLinks } from './open-link.js'
import type { OpenLink } from './open-link.js'
import { entryKeys } from './index-entry.js'
import { createRecordIndex } from './record-index.js'
import { recordSearch } from './record-search.js'
import { recordSteps } from './record-steps.js'
import type { RecordAccess } from './record-steps.js'
import { scriptRunner } from './scripts.js'
import { walkIndex } from './walk-index.js'

/** Where a Redis store keeps its records. */
export interface RedisStoreOptions {
  /**
   * `redis://user:password@host:port/database`, or `rediss://` to encrypt.
   *
   * @defaultValue `'redis://127.0.0.1:6379'`
   */
  readonly url?: string
  /** The URLs of some nodes of a cluster, instead of `url`. The first has the credentials for all nodes. */
  readonly cluster?: readonly string[]
  /** Further settings of encrypted connections, e.g. `ca` (`node:tls`). */
  readonly tls?: ConnectionOptions
  /**
   * What the names of all keys begin with.
   *
   * @defaultValue `'bailiwick'`
   */
  readonly prefix?: string
  /**
   * Seconds after which a server that does not answer counts as one that cannot.
   *
   * @defaultValue `3`
   */
  readonly timeout?: number
  /**
   * The clock, in seconds since the epoch.
   *
   * @defaultValue the clock of the machine
   */
  readonly now?: () => number
}

/** A store that holds connections open. */
export interface RedisStore extends Store {
  /** Throws when the server cannot be reached. The store connects by itself when it has to; this is to know it before. */
  readonly connect: () => Promise<void>
  /** Closes the connections. What is asked of the store afterwards fails. */
  readonly close: () => Promise<void>
}

function linksFor(
  options: RedisStoreOptions & { readonly prefix: string; readonly timeout: number },
): OpenLink {
  const { url = 'redis://127.0.0.1:6379', cluster, prefix } = options
  // A name may have no spaces.
  const link = { ...options, name: prefix.replaceAll(/[^!-~]/g, '-') }
  return cluster === undefined ? serverLinks(url, link) : clusterLinks(cluster, link)
}

/**
 * Keeps records in Redis 6.2 or newer, or Valkey. Several processes share them. What changes a record is one script, and
 * so one step for everybody.
 */
export function createRedisStore(options: RedisStoreOptions = {}): RedisStore {
  const { prefix = 'bailiwick', timeout = 3 } = options
  const { now = () => Math.floor(Date.now() / 1000) } = options
  const { send, close } = createConnection({
    open: linksFor({ ...options, prefix, timeout }),
    timeout,
  })
  const runScript = scriptRunner({ send })
  const shared = { send, runScript, now, keys: entryKeys(prefix) }
  const index = createRecordIndex(shared)
  const access: RecordAccess = {
    ...shared,
    index,
    walk: (search) => walkIndex(search, shared),
    keyOf: ({ kind, id }) => `${prefix}:record:${kind}:${id}`,
  }
  return {
    ...recordSteps(access),
    ...recordSearch(access),
    async removeExpired(limit) {
      // Redis has deleted the records; what is left of them are their entries.
      await index.sweep(limit)
      return 0
    },
    async connect() {
      await send(prefix, ['PING'])
    },
    close,
  }
}
