import { isOAuthError, signingAlgorithms } from '@bailiwick/protocol'
import { rolesAt } from './key-life.js'
import { keySetOf } from './key-set.js'
import type { KeySet } from './key-set.js'
import { importStoredKey, maintainKeys } from './maintain-keys.js'
import type { ImportKey, KeyContext, ReadyKey } from './maintain-keys.js'
import { createRefreshing } from './refreshing.js'
import type { SigningKey } from './signing-key.js'
import type { KeySource } from './token-signer.js'

/** The keys of the store, as this process knows them. */
export interface KeyRing extends Required<KeySource> {
  /** Has the next use read them again: whatever was read before is not used any more. */
  readonly forget: () => void
}

/** What a key ring needs. */
export interface KeyRingContext extends KeyContext {
  /** Lets so many seconds pass. */
  readonly wait: (seconds: number) => Promise<void>
}

/** The keys that were read, in the roles that they have at a moment. */
type KeySetAt = (now: number) => KeySet

/** Imports each key once: to decrypt all of them at each reading would cost more than to read them. */
function createImporter(): ImportKey {
  const imported = new Map<string, Promise<SigningKey>>()
  return (key, context) => {
    const name = `${key.kid} ${key.sealed}`
    const importing = imported.get(name) ?? importStoredKey(key, context)
    imported.set(name, importing)
    importing.catch(() => imported.delete(name))
    return importing
  }
}

const ready = (keys: readonly ReadyKey[]): readonly SigningKey[] =>
  keys.flatMap((key) => key.ready ?? [])

function keySetAt(
  keys: readonly ReadyKey[],
  now: number,
  { algorithms }: Pick<KeyContext, 'algorithms'>,
): KeySet {
  // Those that nobody asks for any more are published too: their tokens are still valid.
  const all = [...new Set([...algorithms, ...signingAlgorithms])].map((algorithm) =>
    rolesAt(
      keys.filter((key) => key.algorithm === algorithm),
      now,
    ),
  )
  const signing = all.flatMap((roles) => roles.signing ?? [])
  const published = all.flatMap(({ retired, signing: key, announced }) => [
    ...retired,
    ...(key === undefined ? [] : [key]),
    ...announced,
  ])
  return keySetOf(ready(published), ready(signing))
}

/** Works the roles out again only when a key has come to one of its times. */
function keySetsOf(keys: readonly ReadyKey[], context: Pick<KeyContext, 'algorithms'>): KeySetAt {
  const times = keys.flatMap(({ signsFrom, expiresAt }) => [signsFrom, expiresAt])
  let from = Infinity
  let until = -Infinity
  let current = keySetOf([], [])
  return (now) => {
    if (now < from || now >= until) {
      from = now
      until = Math.min(Infinity, ...times.filter((time) => time > now))
      current = keySetAt(keys, now, context)
    }
    return current
  }
}

/** Creates the key ring of a process. The store is asked when a key is needed, not before. */
export function createKeyRing(context: KeyRingContext): KeyRing {
  const { policy, now, wait, emit } = context
  const importKey = createImporter()
  const keys = createRefreshing(
    async () => keySetsOf(await maintainKeys(importKey, context), context),
    {
      lifetime: policy.cacheDuration,
      now,
      wait,
      onFailure: (error) =>
        emit({ type: 'keys_not_read', cause: isOAuthError(error) ? error.cause : error }),
    },
  )
  return {
    read: async () => (await keys.read())(now()),
    lookAgain: async () => (await keys.lookAgain())(now()),
    forget: keys.forget,
  }
}
