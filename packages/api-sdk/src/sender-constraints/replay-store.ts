/**
 * Remembers which DPoP proofs were used. Nodes that answer for the same API have to share one, or a proof can be used
 * once at each.
 */
export interface ReplayStore {
  /**
   * Stores a key until it expires, in seconds since 1970, and tells whether it was new. Of several calls with the same
   * key exactly one may be told `true`, also when they come at the same time and from different nodes. Throws when nobody
   * can tell: the request is then answered with 503.
   */
  readonly putIfAbsent: (key: string, expiresAt: number) => boolean | Promise<boolean>
}
