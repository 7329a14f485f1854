import type { SigningAlgorithm } from '@bailiwick/protocol'

/** What a key does. */
export type KeyStatus = 'announced' | 'signing' | 'retired'

/** A published key. Times are in seconds since the epoch; keys that the options name have none. */
export interface KeyDescription {
  readonly kid: string
  readonly algorithm: SigningAlgorithm
  /** `announced`: it will sign; `retired`: it has signed, and tokens of it may still be in use. */
  readonly status: KeyStatus
  readonly createdAt?: number
  readonly signsFrom?: number
  /** Absent while it has no successor. */
  readonly signsUntil?: number
  /** When it is deleted. Absent while it has no successor. */
  readonly expiresAt?: number
}

/** When a successor signs. */
export interface RotationOptions {
  /**
   * `'announced'`: when everybody has had the time to see it. `'atOnce'` is for emergencies: APIs that keep the JWK Set
   * refuse its tokens until they read it again, and other processes sign with the old key for `cacheDuration` yet.
   *
   * @defaultValue `'announced'`
   */
  readonly signs?: 'announced' | 'atOnce'
}

/** Looks after the keys that the server makes itself. */
export interface KeyManager {
  /** Lists the keys that are published, as the store has them now. */
  readonly list: () => Promise<readonly KeyDescription[]>
  /**
   * Makes the successor of a key before its time, or uses the one that is already announced.
   *
   * @param algorithm whose key to replace; without it those of all algorithms of the server.
   * @returns what there is afterwards, as {@link KeyManager.list} gives it.
   * @throws TypeError when the server has no keys for the algorithm, or none that it makes itself.
   */
  readonly rotate: (
    algorithm?: SigningAlgorithm,
    options?: RotationOptions,
  ) => Promise<readonly KeyDescription[]>
  /**
   * Takes a key back: it is not published any more, and what it has signed is not valid any more. If it was signing, its
   * successor does so at once, which is made if there is none. Other processes notice within `cacheDuration`. A
   * key that no data key opens can be revoked too.
   *
   * @returns `false` when no key has this name.
   * @throws TypeError when the server makes no keys itself.
   */
  readonly revoke: (kid: string) => Promise<boolean>
}
