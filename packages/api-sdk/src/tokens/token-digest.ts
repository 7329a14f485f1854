import { hash } from 'node:crypto'

/** Names a token for caches. What is kept for long must be of no use to somebody who reads it. */
export function tokenDigest(token: string): string {
  return hash('sha256', token, 'base64url')
}
