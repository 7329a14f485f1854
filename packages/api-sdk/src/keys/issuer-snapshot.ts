import type { AgedKeys } from './key-cache.js'
import type { KeySet } from './key-set.js'
import type { IssuerKeysSnapshot } from './key-snapshot.js'

/** What is needed besides keys to keep them, and to take them over. */
export interface SnapshotOptions {
  readonly issuer: string
  readonly importKeys: (jwks: unknown) => Promise<KeySet>
  /** In seconds since 1970. */
  readonly now: () => number
}

/** Makes a snapshot of keys. Undefined when none is of use, or they come from the configuration. */
export function takeSnapshot(
  { keys, maxAge, age }: AgedKeys,
  { issuer, now }: SnapshotOptions,
): IssuerKeysSnapshot | undefined {
  if (maxAge === Infinity || keys.size === 0) return undefined
  return { issuer, keys: keys.toJwks(), maxAge, loadedAt: now() - age }
}

/**
 * Imports keys that another process has loaded, as strictly as if the issuer had sent them now. Undefined when they are from
 * the future. Rejects when there are too many.
 */
export async function importSnapshot(
  { keys, maxAge, loadedAt }: IssuerKeysSnapshot,
  { importKeys, now }: SnapshotOptions,
): Promise<AgedKeys | undefined> {
  const age = now() - loadedAt
  // One of the clocks is wrong, and nobody knows how old these keys are: they may have been withdrawn.
  if (age < 0) return undefined
  return { keys: await importKeys({ keys }), maxAge, age }
}
