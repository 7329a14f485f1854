import { isSameText } from '@bailiwick/protocol'
import { Buffer } from 'node:buffer'
import { createHmac } from 'node:crypto'

/** Nonces that clients have to put into their proofs, which shows that they were made recently (RFC 9449 section 9). */
export interface Nonces {
  readonly create: () => string
  readonly isGood: (nonce: string) => boolean
}

/** What nonces are made of. */
export interface NonceSource {
  /** The first makes them, all are recognized. */
  readonly secrets: readonly string[]
  /** In seconds. */
  readonly lifetime: number
  readonly resource: string
  readonly now: () => number
}

/**
 * Makes nonces that need not be remembered: the time, and a MAC over it and the resource. Whoever has the secret recognizes
 * them, on any node, and at no other resource.
 */
export function createNonces({ secrets, lifetime, resource, now }: NonceSource): Nonces {
  const macOf = (time: string, secret: string): string =>
    createHmac('sha256', secret)
      .update(JSON.stringify(['DPoP-Nonce', resource, time]))
      .digest('base64url')
  const [current = ''] = secrets
  return {
    create: () => {
      const time = Buffer.from(String(Math.floor(now()))).toString('base64url')
      return `${time}.${macOf(time, current)}`
    },
    isGood: (nonce) => {
      const [time = '', mac = '', ...others] = nonce.split('.', 3)
      if (others.length > 0 || !secrets.some((secret) => isSameText(mac, macOf(time, secret)))) {
        return false
      }
      // Also in the future: the clocks of nodes differ, and one that was set wrong must not have made eternal nonces.
      const age = now() - Number(Buffer.from(time, 'base64url').toString())
      return Math.abs(age) <= lifetime
    },
  }
}
