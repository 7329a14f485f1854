/** How the keys live that the server makes itself. All times are in seconds. */
export interface KeyManagementOptions {
  /**
   * For how long a key signs.
   *
   * @defaultValue `7776000`, 90 days
   */
  readonly rotationInterval?: number
  /**
   * For how long a key is published before it signs, so that everybody has seen it by then.
   *
   * @defaultValue `1209600`, 14 days
   */
  readonly propagationTime?: number
  /**
   * For how long a key is published after it has signed: longer than any token lives.
   *
   * @defaultValue `1209600`, 14 days
   */
  readonly retentionDuration?: number
  /**
   * For how long a process trusts what it has read of the keys.
   *
   * @defaultValue `60`
   */
  readonly cacheDuration?: number
}
