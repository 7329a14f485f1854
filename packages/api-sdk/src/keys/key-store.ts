import type { Closing } from '../closing.js'
import type { EventListener } from '../events.js'
import { inTime } from '../in-time.js'
import { importSnapshot, takeSnapshot } from './issuer-snapshot.js'
import type { SnapshotOptions } from './issuer-snapshot.js'
import type { AgedKeys } from './key-cache.js'
import { isIssuerKeysSnapshot } from './key-snapshot.js'
import type { IssuerKeysSnapshot } from './key-snapshot.js'

/**
 * Keeps the public keys of issuers for several processes: in Redis, in Workers KV, in a file. Whoever can write to it
 * decides which tokens are accepted: protect it as you protect the configuration. What it throws costs a request to the issuer,
 * and never decides about a token.
 */
export interface KeyStore {
  /** Gives what was set last for an issuer, as it was, or undefined or null when there is nothing. */
  readonly get: (issuer: string) => unknown
  /** Keeps a snapshot, which is plain JSON, for at least so many whole seconds. Whatever it replaces is not needed any more. */
  readonly set: (issuer: string, snapshot: IssuerKeysSnapshot, lifetime: number) => unknown
}

/** The keys of one issuer that processes have loaded for each other. */
export interface SharedKeys {
  /** What another process, or this one, has loaded. Undefined when there is nothing of use; never rejects. */
  readonly take: () => Promise<AgedKeys | undefined>
  /** Lets the others have what was just loaded. Nobody waits for it. */
  readonly give: (keys: AgedKeys) => void
}

/** What {@link createSharedKeys} needs. All times are in seconds. */
export interface SharedKeysOptions extends SnapshotOptions {
  readonly storeTimeout: number
  readonly staleIfError: number
  readonly closing: Pick<Closing, 'isClosed' | 'watch'>
  readonly emit: EventListener
}

async function readKeys(kept: unknown, options: SharedKeysOptions): Promise<AgedKeys> {
  if (isIssuerKeysSnapshot(kept) && kept.issuer === options.issuer) {
    const taken = await importSnapshot(kept, options)
    if (taken?.keys.size) return taken
  }
  throw new TypeError('these are no keys of this issuer')
}

/** Shares the keys of an issuer through a store, which may be broken, late, and filled by anybody. */
export function createSharedKeys(store: KeyStore, options: SharedKeysOptions): SharedKeys {
  const { issuer, storeTimeout, staleIfError, closing, emit } = options
  const tell = (cause: unknown): void => {
    if (!closing.isClosed()) emit({ type: 'key_store_failed', issuer, cause })
  }
  return {
    take: async () => {
      try {
        const kept = await inTime(storeTimeout, () => store.get(issuer), closing)
        if (kept !== undefined && kept !== null) return await readKeys(kept, options)
      } catch (cause) {
        tell(cause)
      }
      return undefined
    },
    give: (keys) => {
      const snapshot = takeSnapshot(keys, options)
      if (snapshot === undefined) return
      const lifetime = Math.ceil(keys.maxAge + staleIfError)
      inTime(storeTimeout, () => store.set(issuer, snapshot, lifetime), closing).catch(tell)
    },
  }
}
