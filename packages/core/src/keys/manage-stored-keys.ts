import type { SigningAlgorithm } from '@bailiwick/protocol'
import { never } from '../stores/never.js'
import { rolesAt, signsUntil, successorOf } from './key-life.js'
import type { KeyDescription, KeyManager, KeyStatus, RotationOptions } from './key-manager.js'
import type { KeyRing } from './key-ring.js'
import { importStoredKey, maintainKeys, makeKey } from './maintain-keys.js'
import type { KeyContext } from './maintain-keys.js'
import { changeKey, readKeys } from './stored-key.js'
import type { StoredKey } from './stored-key.js'

/** How often to try again when somebody else has written in between. */
const mostAttempts = 10

const keysFor = (algorithm: SigningAlgorithm, keys: readonly StoredKey[]): readonly StoredKey[] =>
  keys.filter((key) => key.algorithm === algorithm)

function describe(key: StoredKey, status: KeyStatus, keys: readonly StoredKey[]): KeyDescription {
  const { kid, algorithm, createdAt, signsFrom, expiresAt } = key
  const end = signsUntil(key, keys)
  return {
    kid,
    algorithm,
    status,
    createdAt,
    signsFrom,
    ...(end !== undefined && { signsUntil: end }),
    ...(expiresAt !== never && { expiresAt }),
  }
}

function describeAll(keys: readonly StoredKey[], now: number): readonly KeyDescription[] {
  const algorithms = [...new Set(keys.map(({ algorithm }) => algorithm))]
  return algorithms.flatMap((algorithm) => {
    const ofOne = keysFor(algorithm, keys)
    const { retired, signing, announced } = rolesAt(ofOne, now)
    return [
      ...retired.map((key) => describe(key, 'retired', ofOne)),
      ...(signing === undefined ? [] : [describe(signing, 'signing', ofOne)]),
      ...announced.map((key) => describe(key, 'announced', ofOne)),
    ]
  })
}

/** Which key has to be followed by another, and when that is to sign. */
interface Rotation extends Required<RotationOptions> {
  readonly algorithm: SigningAlgorithm
  /** The generation that signed when it was asked for. */
  readonly replaced: number
}

/** Does one step of a rotation, and tells whether there is nothing left to do. */
async function stepOf(
  { algorithm, replaced, signs }: Rotation,
  context: KeyContext,
): Promise<boolean> {
  const now = context.now()
  const keys = keysFor(algorithm, await readKeys(context))
  const { signing, announced } = rolesAt(keys, now)
  const [next] = announced
  if (signing === undefined || signing.generation > replaced) return true
  if (signs === 'announced' && next !== undefined) return true
  const { propagationTime } = context.policy
  if (next !== undefined) await changeKey({ ...next, signsFrom: now }, context)
  else {
    const signsFrom = signs === 'atOnce' ? now : now + propagationTime
    await makeKey(algorithm, successorOf(keys, signsFrom), context)
  }
  return false
}

async function carryOut(
  rotation: Rotation,
  context: KeyContext,
  attempts = mostAttempts,
): Promise<void> {
  if (attempts === 0) throw new Error('others keep changing the keys: try again')
  if (await stepOf(rotation, context)) return
  await carryOut(rotation, context, attempts - 1)
}

/** Leaves a mark in the place of a key, without the key, so that nobody takes its generation for free. */
async function leaveMark(key: StoredKey, context: KeyContext): Promise<boolean> {
  const { sealed: _sealed, ...mark } = key
  const revokedAt = context.now()
  const expiresAt = revokedAt + context.policy.retentionDuration
  return changeKey({ ...mark, revokedAt, expiresAt }, context)
}

async function revoke(
  kid: string,
  context: KeyContext,
  attempts = mostAttempts,
): Promise<StoredKey | undefined> {
  if (attempts === 0) throw new Error('others keep changing the key: try again')
  const keys = await readKeys(context)
  const key = keys.find((other) => other.kid === kid && other.revokedAt === undefined)
  if (key === undefined || (await leaveMark(key, context))) return key
  return revoke(kid, context, attempts - 1)
}

function chosen(
  algorithm: SigningAlgorithm | undefined,
  { algorithms }: KeyContext,
): readonly SigningAlgorithm[] {
  if (algorithm === undefined) return algorithms
  if (algorithms.includes(algorithm)) return [algorithm]
  throw new TypeError(`this server signs with ${algorithms.join(', ')}, not with ${algorithm}`)
}

/** Creates what looks after the keys in the store. A process of its own, such as a command, may use it too. */
export function manageStoredKeys(ring: Pick<KeyRing, 'forget'>, context: KeyContext): KeyManager {
  const { now } = context
  return {
    list: async () => describeAll(await readKeys(context), now()),
    async rotate(algorithm, { signs = 'announced' } = {}) {
      const algorithms = chosen(algorithm, context)
      const before = await readKeys(context)
      // Who cannot open the keys must not make others; and what has no key yet gets one, and nothing else.
      await maintainKeys(importStoredKey, context)
      await Promise.all(
        algorithms.map(async (name) => {
          const replaced = rolesAt(keysFor(name, before), now()).signing?.generation ?? 0
          await carryOut({ algorithm: name, replaced, signs }, context)
        }),
      )
      await maintainKeys(importStoredKey, context)
      ring.forget()
      return describeAll(await readKeys(context), now())
    },
    async revoke(kid) {
      const revoked = await revoke(kid, context)
      if (revoked === undefined) return false
      ring.forget()
      context.emit({ type: 'key_revoked', kid, algorithm: revoked.algorithm })
      return true
    },
  }
}
