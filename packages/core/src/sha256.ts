import { hash } from 'node:crypto'

/** Makes the `value` of a secret: the base64 of its SHA-256. */
export function sha256(secret: string): string {
  return hash('sha256', secret, 'base64')
}
