import { never } from '../stores/never.js'
import type { KeyPolicy } from './key-policy.js'

/** The times of a key, in seconds since the epoch, and its place among those of its algorithm. */
export interface KeyLife {
  /** The first key of an algorithm has 1, its successor 2. */
  readonly generation: number
  readonly createdAt: number
  readonly signsFrom: number
  /** Absent unless it was revoked. */
  readonly revokedAt?: number
  readonly expiresAt: number
}

/** What the keys of one algorithm do at a moment, each list in the order of generations. */
export interface KeyRoles<Key> {
  /** Published, and not yet signing. */
  readonly announced: readonly Key[]
  /** `undefined` only until somebody has made one. */
  readonly signing: Key | undefined
  /** Published for the tokens that they have signed. */
  readonly retired: readonly Key[]
}

/** When a key is needed that does not exist. */
export type NewKey = Pick<KeyLife, 'generation' | 'signsFrom'>

/** One that was revoked before its time has never followed another. */
const hasFollowed = ({ signsFrom, revokedAt = Infinity }: KeyLife): boolean =>
  signsFrom <= revokedAt

const inOrder = <Key extends KeyLife>(keys: readonly Key[]): readonly Key[] =>
  keys.toSorted((one, other) => one.generation - other.generation)

/** When a key stops to sign: as soon as a later one does. `undefined` while no later one exists. */
export function signsUntil(key: KeyLife, keys: readonly KeyLife[]): number | undefined {
  const followers = keys.filter((other) => other.generation > key.generation && hasFollowed(other))
  return followers.length === 0
    ? undefined
    : Math.min(...followers.map(({ signsFrom }) => signsFrom))
}

/**
 * Tells what the keys of one algorithm do. The last whose time has come signs; where it was revoked, the next one does
 * so before its time. Nothing but records and the clock counts, so that all processes come to the same answer.
 */
export function rolesAt<Key extends KeyLife>(keys: readonly Key[], now: number): KeyRoles<Key> {
  const ordered = inOrder(keys)
  const last = ordered.findLast((key) => hasFollowed(key) && key.signsFrom <= now)
  const live = ordered.filter(
    ({ revokedAt, expiresAt }) => revokedAt === undefined && expiresAt > now,
  )
  const turn = last?.generation ?? 0
  const signing = live.find(({ generation }) => generation >= turn)
  const current = signing?.generation ?? turn
  return {
    announced: live.filter(({ generation }) => generation > current),
    signing,
    retired: live.filter(({ generation }) => generation < current),
  }
}

/** The successor of all keys, whatever became of them. */
export const successorOf = (keys: readonly KeyLife[], signsFrom: number): NewKey => ({
  generation: Math.max(0, ...keys.map(({ generation }) => generation)) + 1,
  signsFrom,
})

/** Finds out whether a key has to be made: at once when none signs, or as the successor of one that will stop to. */
export function neededKey(
  keys: readonly KeyLife[],
  now: number,
  { rotationInterval, propagationTime }: KeyPolicy,
): NewKey | undefined {
  const { signing, announced } = rolesAt(keys, now)
  if (signing === undefined) return successorOf(keys, now)
  const isDue = now >= signing.signsFrom + rotationInterval - propagationTime
  return isDue && announced.length === 0 ? successorOf(keys, now + propagationTime) : undefined
}

/**
 * Finds the keys whose times are not what follows from the others, as they ought to be: the predecessor of a new key,
 * and whatever a process has left behind that ended between two writes.
 */
export function correctedKeys<Key extends KeyLife>(
  keys: readonly Key[],
  now: number,
  { retentionDuration }: KeyPolicy,
): readonly Key[] {
  const { signing } = rolesAt(keys, now)
  const started = keys.map((key) =>
    key === signing && key.signsFrom > now ? { ...key, signsFrom: now } : key,
  )
  return started.flatMap((key, index) => {
    if (key.revokedAt !== undefined) return []
    const end = signsUntil(key, started)
    const expiresAt = end === undefined ? never : end + retentionDuration
    const isAsItWas = key === keys[index] && key.expiresAt === expiresAt
    return isAsItWas ? [] : [{ ...key, expiresAt }]
  })
}
