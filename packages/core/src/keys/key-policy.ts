/** How long the keys live that the server makes itself, in seconds. */
export interface KeyPolicy {
  /** For how long a key signs. */
  readonly rotationInterval: number
  /** For how long a key is published before it signs. */
  readonly propagationTime: number
  /** For how long a key is published after it has signed. */
  readonly retentionDuration: number
  /** For how long a process trusts what it has read. */
  readonly cacheDuration: number
}

/** For how many seconds a JWK Set may be kept whose keys do not rotate. */
export const longestJwksMaxAge = 300

/**
 * For how many seconds the JWK Set may be kept. Whoever holds one for that long, from a process that has not noticed a
 * new key for {@link KeyPolicy.cacheDuration}, still has to see the key before it signs.
 */
export const jwksMaxAge = ({ propagationTime, cacheDuration }: KeyPolicy): number =>
  Math.min(longestJwksMaxAge, Math.max(1, Math.floor((propagationTime - cacheDuration) / 2)))

/** For how many seconds somebody may not have noticed what became of a key. */
export const noticeTime = (policy: KeyPolicy): number => policy.cacheDuration + jwksMaxAge(policy)
