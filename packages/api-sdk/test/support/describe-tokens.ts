import { describe, expect, it } from 'vitest'
import type { ApiAuthErrorReason } from '../../src/index.js'
import type { GuardedWorld } from './guarded-app.js'
import { bearer, refusal, refusalOf } from './refusals.js'
import { now } from './test-issuer.js'

const orderOfP256 = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

// The other of the two signatures that an ECDSA key and a message have in common.
export function mirror(token: string): string {
  const [header, payload, signature = ''] = token.split('.')
  const bytes = Buffer.from(signature, 'base64url')
  const s = BigInt(`0x${bytes.subarray(32).toString('hex')}`)
  const mirrored = (orderOfP256 - s).toString(16).padStart(64, '0')
  const both = Buffer.concat([bytes.subarray(0, 32), Buffer.from(mirrored, 'hex')])
  return `${header}.${payload}.${both.toString('base64url')}`
}

/** Which tokens are accepted, beyond the abuse cases. */
export function describeTokens({ world, send }: GuardedWorld): void {
  describe('tokens', () => {
    it.each([
      ['J12 (r, n-s) instead of (r, s)', () => mirror(world.token())],
      ['A04 several audiences', () => world.token({ aud: ['other', 'https://api.example.com'] })],
    ])('accepts %s', async (_, make) => {
      const response = await send({ headers: bearer(make()) })
      expect(response).toMatchObject({ status: 200, body: '{"subject":"alice"}' })
    })

    it.each<[string, () => string, ApiAuthErrorReason]>([
      ['T11 20 KiB', () => 'a'.repeat(20 * 1024), 'token_too_long'],
      ['C03 expired by exactly the tolerance', () => world.token({ exp: now - 30 }), 'expired'],
      [
        'C04 nbf ahead by more than the tolerance',
        () => world.token({ nbf: now + 31 }),
        'not_yet_valid',
      ],
    ])('refuses %s', async (_, make, reason) => {
      const response = await send({ headers: bearer(make()) })
      expect(refusalOf(response)).toEqual(refusal('invalid_token'))
      expect(world.reasons()).toEqual([reason])
    })
  })
}
