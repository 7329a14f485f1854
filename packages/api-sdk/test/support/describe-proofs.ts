import { createHmac, generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { ApiAuthErrorReason } from '../../src/index.js'
import type { GuardedWorld } from './guarded-app.js'
import { boundToken, dpop, proofKey, proofOf, publicJwk } from './proofs.js'
import { proofRefusal, refusalOf } from './refusals.js'
import { createKey, encode, now, sign } from './test-issuer.js'

type Row = readonly [name: string, make: (token: string) => string, reason: ApiAuthErrorReason]

const claims = (
  name: string,
  changes: Readonly<Record<string, unknown>>,
  reason: ApiAuthErrorReason,
): Row => [name, (token) => proofOf(token, changes), reason]

const header = (
  name: string,
  changes: Readonly<Record<string, unknown>>,
  reason: ApiAuthErrorReason,
): Row => [name, (token) => proofOf(token, {}, changes), reason]

const { d } = proofKey.privateKey.export({ format: 'jwk' })
const jwk = publicJwk(proofKey)
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' })

function withHmac(token: string): string {
  const [, payload] = proofOf(token).split('.')
  const input = `${encode({ typ: 'dpop+jwt', alg: 'HS256', jwk })}.${payload}`
  return `${input}.${createHmac('sha256', JSON.stringify(jwk)).update(input).digest('base64url')}`
}

const rows: readonly Row[] = [
  claims('D12 htm of another method', { htm: 'POST' }, 'proof_wrong_method'),
  claims('D12 htm in lower case', { htm: 'get' }, 'proof_wrong_method'),
  claims('D13 htu of another path', { htu: 'https://api.example.com/x' }, 'proof_wrong_uri'),
  claims('D13 htu that goes on', { htu: 'https://api.example.com//' }, 'proof_wrong_uri'),
  claims('D13 htu with another port', { htu: 'https://api.example.com:444/' }, 'proof_wrong_uri'),
  claims('D13 htu with http', { htu: 'http://api.example.com/' }, 'proof_wrong_uri'),
  claims('D13 no htu', { htu: undefined }, 'proof_wrong_uri'),
  claims('D18 no ath', { ath: undefined }, 'proof_wrong_token'),
  ['D18 ath of another token', () => proofOf('another'), 'proof_wrong_token'],
  claims('D19 no iat', { iat: undefined }, 'proof_wrong_time'),
  claims('D19 iat 10 minutes ago', { iat: now - 600 }, 'proof_wrong_time'),
  claims('D19 iat 10 minutes ahead', { iat: now + 600 }, 'proof_wrong_time'),
  claims('D19 iat a text', { iat: String(now) }, 'proof_wrong_time'),
  claims('D20 no jti', { jti: undefined }, 'proof_wrong_identifier'),
  claims('D20 jti a number', { jti: 1 }, 'proof_wrong_identifier'),
  claims('D20 jti empty', { jti: '' }, 'proof_wrong_identifier'),
  claims('D20 jti of 1 KiB', { jti: 'x'.repeat(1024) }, 'proof_wrong_identifier'),
  claims('D20 jti of 6 KiB', { jti: 'x'.repeat(6 * 1024) }, 'proof_malformed'),
  header('D22 typ JWT', { typ: 'JWT' }, 'proof_wrong_type'),
  header('D22 typ at+jwt', { typ: 'at+jwt' }, 'proof_wrong_type'),
  header('D22 alg none', { alg: 'none' }, 'proof_wrong_algorithm'),
  ['D22 alg HS256', withHmac, 'proof_wrong_algorithm'],
  header('D22 crit', { crit: ['x'], x: 1 }, 'proof_unsupported_header'),
  header('D23 no jwk', { jwk: undefined }, 'proof_wrong_key'),
  header('D23 a private jwk', { jwk: { ...jwk, d } }, 'proof_wrong_key'),
  header('D23 a secret', { jwk: { kty: 'oct', k: 'AAAA' } }, 'proof_wrong_key'),
  header('D23 a point off the curve', { jwk: { ...jwk, y: jwk.x } }, 'proof_wrong_key'),
  header('D23 a jwk for another alg', { jwk: rsa }, 'proof_wrong_key'),
  [
    'D24 the signature of another key',
    (token) =>
      sign(createKey('ES256', 'x'), { typ: 'dpop+jwt', alg: 'ES256', jwk }, claimsOf(token)),
    'proof_wrong_signature',
  ],
  claims('D26 exp past', { exp: now - 1 }, 'proof_wrong_time'),
  claims('D26 nbf ahead', { nbf: now + 60 }, 'proof_wrong_time'),
  claims('D27 nonce a number', { nonce: 1 }, 'proof_wrong_nonce'),
]

function claimsOf(token: string): string {
  return Buffer.from(proofOf(token).split('.')[1] ?? '', 'base64url').toString()
}

/** Which proofs prove nothing. */
export function describeProofs({ world, send }: GuardedWorld): void {
  describe('proofs', () => {
    it.each(rows)('refuses %s', async (_, make, reason) => {
      const token = boundToken(world)
      const response = await send({ headers: dpop(token, make(token)) })
      expect(refusalOf(response)).toEqual(proofRefusal('invalid_dpop_proof'))
      expect(world.reasons()).toEqual([reason])
    })

    it('D14 refuses a path in other capitals', async () => {
      const token = boundToken(world)
      const proof = proofOf(token, { htu: 'https://api.example.com/Binding' })
      const response = await send({ path: '/binding', headers: dpop(token, proof) })
      expect(response.status).toBe(401)
      expect(world.reasons()).toEqual(['proof_wrong_uri'])
    })

    it('D12 takes the method of the request', async () => {
      const token = boundToken(world)
      const post = { method: 'POST', headers: dpop(token, proofOf(token, { htm: 'POST' })) }
      expect((await send(post)).status).toBe(200)
    })

    it('tells clients alike of everything that is wrong with a proof', async () => {
      const token = boundToken(world)
      const bodies = await Promise.all(
        rows.map(async ([, make]) => (await send({ headers: dpop(token, make(token)) })).body),
      )
      expect(new Set(bodies)).toEqual(
        new Set([
          '{"error":"invalid_dpop_proof","error_description":"the DPoP proof is not valid"}',
        ]),
      )
    })
  })
}
