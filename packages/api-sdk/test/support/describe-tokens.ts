import { describe, expect, it } from 'vitest'
import type { GuardedWorld } from './guarded-app.js'
import { malformedTokens, withSignature, wrongClaims, wrongHeaders } from './refused-tokens.js'
import { bearer, refusal, refusalOf } from './refusals.js'
import { headerOf, sign, validClaims } from './test-issuer.js'
import { jwksUri } from './world.js'

const orderOfP256 = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

// The other of the two signatures that an ECDSA key and a message have in common.
export function mirror(_input: Buffer, signature: Buffer): Buffer {
  const s = BigInt(`0x${signature.subarray(32).toString('hex')}`)
  const mirrored = (orderOfP256 - s).toString(16).padStart(64, '0')
  return Buffer.concat([signature.subarray(0, 32), Buffer.from(mirrored, 'hex')])
}

/** Which tokens are accepted. */
export function describeTokens({ world, send }: GuardedWorld): void {
  describe('tokens', () => {
    it.each([
      ['T12 a token of 12 KiB', () => world.token({ padding: 'x'.repeat(8 * 1024) })],
      ['J05 AT+JWT', () => world.token({}, { typ: 'AT+JWT' })],
      ['J05 application/at+jwt', () => world.token({}, { typ: 'application/at+jwt' })],
      [
        'J14 duplicate members, of which the last counts',
        () =>
          sign(
            world.key,
            `{"alg":"none",${JSON.stringify(headerOf(world.key)).slice(1)}`,
            `{"aud":"https://evil.example",${JSON.stringify(validClaims).slice(1)}`,
          ),
      ],
      ['J12 (r, n-s) instead of (r, s)', () => withSignature(world.token(), mirror)],
      [
        'J10 a claim nested 32 levels deep',
        () => world.token({ x: JSON.parse(`${'['.repeat(32)}${']'.repeat(32)}`) }),
      ],
      ['K08 a jku that does not matter', () => world.token({}, { jku: 'https://evil.example' })],
      ['K12 no kid and one key', () => world.token({}, { kid: undefined })],
      ['A04 several audiences', () => world.token({ aud: ['other', 'https://api.example.com'] })],
      ['S04 scope as a list', () => world.token({ scope: ['read'] })],
      ['S04 scp as text', () => world.token({ scope: undefined, scp: 'read' })],
      ['S04 scp as a list', () => world.token({ scope: undefined, scp: ['write', 'read'] })],
      [
        'S04 scope and scp alike',
        () => world.token({ scope: 'write read', scp: ['read', 'write'] }),
      ],
    ])('accepts %s', async (_, make) => {
      const response = await send({ headers: bearer(make()) })
      expect(response).toMatchObject({ status: 200, body: '{"subject":"alice"}' })
    })

    it.each([...malformedTokens, ...wrongHeaders, ...wrongClaims])(
      'refuses %s',
      async (_, make, reason) => {
        const token = make(world)
        const response = await send({ headers: bearer(token) })
        expect(refusalOf(response)).toEqual(refusal('invalid_token'))
        expect(world.reasons()).toEqual([reason])
        expect(world.network.requests).toEqual([jwksUri])
      },
    )
  })
}
