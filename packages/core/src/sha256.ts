import { createHash } from 'node:crypto'

/** Makes the `value` of a secret: the base64 of its SHA-256. */
export function sha256(secret: string): string {
  return createHash('sha256').update(secret).digest('base64')
}
