/** What a record is: the first half of its key. */
export type RecordKind =
  | 'authorization_code'
  | 'refresh_token'
  | 'reference_token'
  | 'session'
  | 'interaction'
  | 'consent'
  | 'token_mark'
  | 'login_attempts'
  | 'signing_key'

/** A value as JSON has it: what every store can keep and give back unchanged. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [member: string]: JsonValue | undefined }

/** Something that lives longer than a request. */
export interface StoreRecord {
  readonly kind: RecordKind
  /** Unique within its kind. For what a client or browser holds a handle of, the hash of the handle. */
  readonly id: string
  readonly subject?: string
  readonly clientId?: string
  readonly sessionId?: string
  /** What descends from one authorization shares it, so that it can be revoked together. */
  readonly family?: string
  /** Seconds since the epoch. From then on it does not exist any more. */
  readonly expiresAt: number
  /** How often it was replaced. */
  readonly version: number
  readonly data: JsonValue
}

/** A record that is not stored yet. */
export type NewRecord = Omit<StoreRecord, 'version'>

/** Chooses records: those that agree in every member that is given. One without any member is a `TypeError`. */
export interface RecordFilter {
  readonly kind?: RecordKind
  readonly subject?: string
  readonly clientId?: string
  readonly sessionId?: string
  readonly family?: string
}

/** Which part of a list to give. */
export interface Page {
  /** At most so many records. */
  readonly limit: number
  /** The `next` of the part before; absent for the first. */
  readonly after?: string
}

/** A part of a list. */
export interface RecordPage {
  /** Ordered by kind and id. */
  readonly records: readonly StoreRecord[]
  /** Where the next part begins; absent when this was the last. */
  readonly next?: string
}

/**
 * Keeps everything that lives longer than a request. Several processes may share one: what is single-use is built on
 * {@link Store.take}, what rotates on {@link Store.replace}, so that of two that try at once exactly one wins.
 *
 * Every method throws when the store cannot answer, which becomes 503. Not finding something is no failure.
 */
export interface Store {
  /** Adds a record. Gives `false`, and changes nothing, when one of that kind and id exists. */
  readonly insert: (record: NewRecord) => Promise<boolean>
  /** Gives `undefined` for a record that does not exist or has expired. */
  readonly find: (kind: RecordKind, id: string) => Promise<StoreRecord | undefined>
  /** Finds and deletes in one step: of several that try at once, one gets the record and the others `undefined`. */
  readonly take: (kind: RecordKind, id: string) => Promise<StoreRecord | undefined>
  /**
   * Replaces the record of this kind and id, if its version is still the one that was read; the new one gets the next
   * version. Gives `false`, and changes nothing, when somebody else was faster or the record is gone.
   */
  readonly replace: (record: StoreRecord) => Promise<boolean>
  /** Deletes all records that agree with the filter and tells how many there were. */
  readonly removeAll: (filter: RecordFilter) => Promise<number>
  /** Lists the records that agree with the filter, part by part. */
  readonly list: (filter: RecordFilter, page: Page) => Promise<RecordPage>
  /** Deletes at most so many expired records and tells how many there were. */
  readonly removeExpired: (limit: number) => Promise<number>
}
