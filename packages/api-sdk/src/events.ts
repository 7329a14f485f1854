import type { ApiAuthErrorReason } from './errors/reasons.js'

/** Why a published key is not used. */
export type KeySkipReason =
  | 'not_a_public_key'
  | 'not_for_signatures'
  | 'algorithm_not_allowed'
  | 'weak_key'
  | 'not_importable'

/** Something worth a log line or a metric. No event holds a token, a claim, or anything else from a request. */
export type ResourceServerEvent =
  | { readonly type: 'refused'; readonly reason: ApiAuthErrorReason; readonly cause?: unknown }
  /** At start-up: tokens of this issuer are accepted whatever API they are for, because it is configured so. */
  | { readonly type: 'audience_not_checked'; readonly issuer: string }
  /** A request with a bearer token had a DPoP proof, too, which nothing was done with. */
  | { readonly type: 'proof_ignored' }
  | { readonly type: 'keys_loaded'; readonly issuer: string; readonly keys: number }
  | { readonly type: 'keys_not_loaded'; readonly issuer: string; readonly cause: unknown }
  | { readonly type: 'stale_keys_used'; readonly issuer: string }
  | {
      /** A token was accepted of which nobody knows whether it is revoked, because the options say so. */
      readonly type: 'revocation_unknown'
      readonly issuer: string
      readonly cause: unknown
    }
  | {
      /** An issuer shows everybody what only it may know. Its tokens are accepted, and anybody can make them. */
      readonly type: 'private_key_published'
      readonly issuer: string
      /** The place of the key in the `keys` of the JWKS. */
      readonly index: number
    }
  | {
      readonly type: 'key_skipped'
      readonly issuer: string
      /** Its place in the `keys` of the JWKS. */
      readonly index: number
      readonly reason: KeySkipReason
    }

/**
 * Receives events. It is called synchronously, cannot change a decision, and what it throws is ignored, as is what it
 * rejects with.
 */
export type EventListener = (event: ResourceServerEvent) => void

/** Wraps a listener so that a broken one cannot turn an accepted request into a refused one, or the reverse. */
export function shieldListener(listener: EventListener | undefined): EventListener {
  if (listener === undefined) return () => undefined
  return (event) => {
    try {
      const pending: unknown = listener(event)
      // Otherwise Node.js would end the process, and whoever sends a bad token could have it do so.
      if (pending instanceof Promise) pending.catch(() => undefined)
    } catch {
      // There is nowhere left to report it: the listener is where failures are reported.
    }
  }
}
