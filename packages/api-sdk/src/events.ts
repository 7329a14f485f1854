import { channel } from 'node:diagnostics_channel'
import type { ApiAuthErrorReason } from './errors/reasons.js'

/** Why a published key is not used. */
export type KeySkipReason =
  | 'not_a_public_key'
  | 'not_for_signatures'
  | 'algorithm_not_allowed'
  | 'weak_key'
  | 'not_importable'

/**
 * Something worth a log line or a metric. No event holds a token, a claim, or anything else from a request, but for the name of
 * an issuer, and that only if it is configured.
 */
export type ResourceServerEvent =
  | {
      /** A request, or a token that was given to `verify`, may not pass. */
      readonly type: 'refused'
      readonly reason: ApiAuthErrorReason
      /** Which issuer the token is said to be from, if it is one of those that are configured. */
      readonly issuer?: string | undefined
      /** How long the decision took since it was asked for, in seconds. Undefined for what a handler asks later. */
      readonly duration?: number | undefined
      readonly cause?: unknown
    }
  | {
      /** A request or a token may pass. */
      readonly type: 'accepted'
      readonly issuer: string
      /** How long the decision took since it was asked for, in seconds. */
      readonly duration: number
    }
  | {
      /** An opaque token was looked at. */
      readonly type: 'introspection'
      readonly issuer: string
      /** Whether the issuer did not have to be asked because of it. */
      readonly hit: boolean
    }
  | {
      /** At start-up: tokens of this issuer are accepted whatever API they are for, because it is configured so. */
      readonly type: 'audience_not_checked'
      readonly issuer: string
    }
  | {
      /** A request with a bearer token had a DPoP proof, too, which nothing was done with. */
      readonly type: 'proof_ignored'
    }
  | {
      /** The keys of an issuer were fetched. */
      readonly type: 'keys_loaded'
      readonly issuer: string
      /** How many of them are of use. */
      readonly keys: number
    }
  | {
      /** The keys of an issuer could not be fetched. */
      readonly type: 'keys_not_loaded'
      readonly issuer: string
      readonly cause: unknown
    }
  | {
      /** The keys of an issuer could not be fetched, and the old ones are still used (`jwks.staleIfError`). */
      readonly type: 'stale_keys_used'
      readonly issuer: string
    }
  | {
      /**
       * The store of keys (`jwks.store`) threw, did not answer in time, or gave something else than earlier keys of this
       * issuer. The issuer is asked as if there were no store.
       */
      readonly type: 'key_store_failed'
      readonly issuer: string
      readonly cause: unknown
    }
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
      /** A published key is not used. */
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

/** Where events go. */
export interface EventSink {
  readonly emit: EventListener
  /** Whether anybody learns of what happens at every request, so that nothing is measured for nobody. */
  readonly isHeard: () => boolean
}

const channelOf = (type: ResourceServerEvent['type']): ReturnType<typeof channel> =>
  channel(`api-sdk:${type}`)

const frequent = (['accepted', 'refused', 'introspection'] as const).map(channelOf)

function publish(event: ResourceServerEvent): void {
  const subscribed = channelOf(event.type)
  if (subscribed.hasSubscribers) subscribed.publish(event)
}

/** Tells somebody who is broken without being broken by it: there is nowhere left to report that. */
function tell(listener: EventListener, event: ResourceServerEvent): void {
  try {
    const pending: unknown = listener(event)
    // Otherwise Node.js would end the process, and whoever sends a bad token could have it do so.
    if (pending instanceof Promise) pending.catch(() => undefined)
  } catch {
    // The listener is where failures are reported.
  }
}

/**
 * Wraps a listener so that a broken one cannot turn an accepted request into a refused one, or the reverse. Events also go
 * to the channel of `node:diagnostics_channel` that is named after their type, e.g. `api-sdk:refused`.
 */
export function createEventSink(listener: EventListener | undefined): EventSink {
  return {
    isHeard: () => listener !== undefined || frequent.some(({ hasSubscribers }) => hasSubscribers),
    emit: (event) => {
      if (listener !== undefined) tell(listener, event)
      tell(publish, event)
    },
  }
}
