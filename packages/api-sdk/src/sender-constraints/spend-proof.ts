import type { DPoPProof } from '@bailiwick/protocol'
import { hash } from 'node:crypto'
import { Refusal } from '../errors/refusal.js'
import { createRequestSlot } from '../request-slot.js'
import type { ReplayStore } from './replay-store.js'

/** A proof that is about to be used up. */
interface SpentProof {
  readonly proof: DPoPProof
  /** In seconds since 1970. */
  readonly expiresAt: number
  /** The request it came with, as an object that is the same for every guard of that request. */
  readonly source: object | undefined
}

/** Uses up a proof. Rejects when it was used before, and when nobody can tell. */
export type SpendProof = (spent: SpentProof) => Promise<void>

const keyOf = ({ thumbprint, identifier, uri }: DPoPProof): string =>
  hash('sha256', JSON.stringify([thumbprint, identifier, uri]), 'base64url')

async function put(store: ReplayStore, key: string, expiresAt: number): Promise<boolean> {
  try {
    const answer: unknown = await store.putIfAbsent(key, expiresAt)
    if (typeof answer === 'boolean') return answer
  } catch (cause) {
    throw new Refusal('replay_store_unavailable', { cause })
  }
  const cause = new TypeError('putIfAbsent returned no boolean')
  throw new Refusal('replay_store_unavailable', { cause })
}

/**
 * Makes sure that a proof is used once (RFC 9449 section 11.1): by one request, which may have several guards. A proof is
 * known by its key, its identifier and its URL, and not by its text, of which there are many for one signature.
 */
export function createProofSpender(store: ReplayStore): SpendProof {
  const attempts = createRequestSlot<ReadonlyMap<string, Promise<boolean>>>()
  return async ({ proof, expiresAt, source }) => {
    const key = keyOf(proof)
    const known = source && attempts.get(source)
    const attempt = known?.get(key) ?? put(store, key, expiresAt)
    if (source !== undefined) attempts.set(source, new Map([...(known ?? []), [key, attempt]]))
    if (!(await attempt)) throw new Refusal('proof_replayed')
  }
}
