import { hash, randomBytes } from 'node:crypto'

/** Makes a code, token or cookie value that nobody can guess: 32 random bytes (RFC 6749 section 10.10). */
export function createHandle(): string {
  return randomBytes(32).toString('base64url')
}

/** By what a handle is found in the store, which never holds the handle itself: its SHA-256. */
export function handleId(handle: string): string {
  return hash('sha256', handle, 'base64url')
}
