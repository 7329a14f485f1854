import { signingAlgorithms } from '@bailiwick/protocol'
import type { SigningAlgorithm } from '@bailiwick/protocol'
import type { StoreContext } from '../collection.js'
import type { ServerEvent } from '../events.js'
import { never } from '../stores/never.js'
import type { DataKeys } from './data-keys.js'
import { correctedKeys, neededKey } from './key-life.js'
import type { NewKey } from './key-life.js'
import type { KeyPolicy } from './key-policy.js'
import { importSigningKey } from './signing-key.js'
import type { SigningKey } from './signing-key.js'
import { makeSigningKey } from './signing-keys.js'
import type { SigningKeyJwk } from './signing-keys.js'
import { addKey, changeKey, readKeys } from './stored-key.js'
import type { StoredKey } from './stored-key.js'

/** What keys in the store need. */
export interface KeyContext extends StoreContext {
  readonly policy: KeyPolicy
  readonly dataKeys: DataKeys
  /** For which there have to be keys, the default first. */
  readonly algorithms: readonly [SigningAlgorithm, ...SigningAlgorithm[]]
  readonly emit: (event: ServerEvent) => void
}

/** Makes stored keys ready to sign. */
export type ImportKey = (key: StoredKey, context: KeyContext) => Promise<SigningKey>

/** A stored key that is ready to sign. */
export interface ReadyKey extends StoredKey {
  /** Absent when it was revoked. */
  readonly ready: SigningKey | undefined
}

// Two are enough unless several processes write at once. Whatever is left to do, the next one does.
const mostPasses = 5

async function openKey(
  { sealed = '' }: StoredKey,
  { dataKeys }: KeyContext,
): Promise<SigningKeyJwk> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- makeKey has sealed it
  return (await dataKeys.open(sealed)) as unknown as SigningKeyJwk
}

/** Decrypts and imports a key. */
export const importStoredKey: ImportKey = async (stored, context) => {
  const { kid, algorithm } = stored
  try {
    const jwk = await openKey(stored, context)
    if (jwk.kid === kid && jwk.alg === algorithm) return await importSigningKey(jwk)
    throw new Error('it holds another key')
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new Error(`the signing key ${kid} in the store cannot be opened: ${reason}`, { cause })
  }
}

/** Makes a key and adds it, unless somebody else was faster. */
export async function makeKey(
  algorithm: SigningAlgorithm,
  { generation, signsFrom }: NewKey,
  context: KeyContext,
): Promise<void> {
  const jwk = await makeSigningKey(algorithm)
  const { kid } = await importSigningKey(jwk)
  const key = {
    kid,
    algorithm,
    generation,
    createdAt: context.now(),
    signsFrom,
    expiresAt: never,
    sealed: await context.dataKeys.seal({ ...jwk, kid }),
  }
  if (await addKey(key, context)) context.emit({ type: 'key_created', kid, algorithm })
}

/** What there is to do for one algorithm, each as the work that does it. */
function workOf(
  algorithm: SigningAlgorithm,
  keys: readonly StoredKey[],
  context: KeyContext,
): readonly (() => Promise<unknown>)[] {
  const now = context.now()
  const corrections = correctedKeys(keys, now, context.policy)
  const needed = context.algorithms.includes(algorithm)
    ? neededKey(keys, now, context.policy)
    : undefined
  return [
    ...corrections.map((key) => () => changeKey(key, context)),
    ...(needed === undefined ? [] : [() => makeKey(algorithm, needed, context)]),
  ]
}

/**
 * Reads the keys, makes those that are missing and mends what somebody has left half done. Several processes may do so
 * at once: what one has done the others find.
 */
export async function maintainKeys(
  importKey: ImportKey,
  context: KeyContext,
  passes = mostPasses,
): Promise<readonly ReadyKey[]> {
  const keys = await readKeys(context)
  // Before anything is written: who cannot open the keys must not make others.
  const ready = await Promise.all(
    keys.map(async (key) => ({
      ...key,
      ready: key.revokedAt === undefined ? await importKey(key, context) : undefined,
    })),
  )
  const work = signingAlgorithms.flatMap((algorithm) =>
    workOf(
      algorithm,
      keys.filter((key) => key.algorithm === algorithm),
      context,
    ),
  )
  if (work.length === 0 || passes === 0) return ready
  await Promise.all(work.map((step) => step()))
  return maintainKeys(importKey, context, passes - 1)
}
