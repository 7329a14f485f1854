import type { Page } from '../stores/store.js'

/** Chooses sessions or grants: those that agree in every member that is given. At least one is. */
export interface AdministrationFilter {
  /** The user. */
  readonly subject?: string
  /** The client that got something. */
  readonly clientId?: string
  /** The `sid` of a session. */
  readonly sessionId?: string
}

/** That a user is signed in in some browser. */
export interface SessionDetails {
  /** What tokens call it in `sid`. */
  readonly sessionId: string
  readonly subject: string
  /** When the user signed in last, in seconds since the epoch. */
  readonly authTime: number
  /** How the user signed in (RFC 8176). */
  readonly amr: readonly string[]
  /** The clients that got something in this session. */
  readonly clientIds: readonly string[]
  /** When it ends unless it is used, in seconds since the epoch. */
  readonly expiresAt: number
}

/** Something that a client has of a user, or for itself: what it may do without asking again. */
export interface GrantDetails {
  readonly kind: 'consent' | 'refresh_token' | 'reference_token'
  /** Absent where a client acts on its own behalf. */
  readonly subject?: string
  readonly clientId?: string
  /** The `sid` of the session in which it was given. */
  readonly sessionId?: string
  readonly scopes: readonly string[]
  /** When it ends unless it is used, in seconds since the epoch. */
  readonly expiresAt: number
}

/** A part of a list. It may be empty, or hold less than was asked for, and still not be the last. */
export interface ListPart<Item> {
  readonly items: readonly Item[]
  /** The `after` of the next part; absent when this was the last. */
  readonly next?: string
}

/** What a revocation has ended. */
export interface Revoked {
  readonly sessions: number
  /** Refresh tokens, reference tokens and consents. Codes that nobody has redeemed yet are gone too. */
  readonly grants: number
}

/**
 * For administrators: which sessions and grants there are, and how to end them. It asks nobody whether they may: mount
 * what uses it behind a login of your own. A filter without any member is a `TypeError`, and a store that cannot answer an
 * `OAuthError` with status 503.
 */
export interface Administration {
  /**
   * Lists sessions, part by part. By client alone, or without `subject` and `sessionId`, it looks at every session.
   *
   * @param page at most 100 at once unless it says otherwise. A `limit` below 1 or no whole number is a `TypeError`.
   */
  readonly listSessions: (
    filter: AdministrationFilter,
    page?: Partial<Page>,
  ) => Promise<ListPart<SessionDetails>>
  /** Lists consents, refresh tokens and reference tokens, part by part. No token is among what it gives. */
  readonly listGrants: (
    filter: AdministrationFilter,
    page?: Partial<Page>,
  ) => Promise<ListPart<GrantDetails>>
  /**
   * Takes back everything that agrees with the filter: refresh tokens and reference tokens stop working at once, the
   * clients are told by back-channel logout, and where no `clientId` is named the sessions end, so that the user has to
   * sign in again. With a `clientId` the user stays signed in for the others. A consent belongs to no session: it stays
   * where the filter names one. JWT access tokens stay good until they expire, because APIs ask nobody about them.
   */
  readonly revoke: (filter: AdministrationFilter) => Promise<Revoked>
}
