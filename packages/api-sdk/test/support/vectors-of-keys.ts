import { generateKeyPairSync } from 'node:crypto'
import { encode } from './test-issuer.js'
import { base64url, headerOf, inputOf, vectorKey } from './vectors.js'
import type { Vector, VectorKey } from './vectors.js'
import { keyWithExponent, rocaKey } from './weak-keys.js'

type Jwk = Readonly<Record<string, unknown>>

const jwsOf = (key: VectorKey): string => {
  const input = inputOf(headerOf(key))
  return `${input}.${base64url(key.sign(input))}`
}

const flipLast = (text: unknown): string => {
  const bytes = Buffer.from(String(text), 'base64url')
  return base64url(
    Buffer.from(bytes.map((byte, index) => (index === bytes.length - 1 ? byte ^ 1 : byte))),
  )
}

const prefixed = (text: unknown): string =>
  base64url(Buffer.concat([Buffer.of(0), Buffer.from(String(text), 'base64url')]))

/** A key whose private part leaked, or that never had one: with e = 1 the padded hash is the signature. */
function vectorOfExponentOne(rsa: VectorKey, forgery: string): Vector {
  return {
    comment: 'rejects public exponent 1',
    result: 'invalid',
    keys: [{ ...rsa.jwk, e: encode('\u0001') }],
    jws: forgery,
  }
}

/** Vectors about the keys of a JWKS, each of which has signed well. */
export function vectorsOfKeys(forgeWithExponentOne: (key: VectorKey) => string): readonly Vector[] {
  const [ec, rsa, ed] = [vectorKey('ES256'), vectorKey('RS256'), vectorKey('EdDSA')]
  const [small, roca] = [1024, 0].map((modulusLength) =>
    vectorKey(
      'RS256',
      modulusLength === 0 ? rocaKey() : generateKeyPairSync('rsa', { modulusLength }).privateKey,
    ),
  ) as [VectorKey, VectorKey]
  const exponent3 = vectorKey('RS256', keyWithExponent(3))
  const other = vectorKey('ES256')
  const secret = { kty: 'oct', k: encode('secret of the issuer, 32 bytes..'), kid: ec.kid }
  const rows: readonly (readonly [string, Vector['result'], VectorKey, readonly Jwk[]])[] = [
    ['accepts EC', 'valid', ec, [ec.jwk]],
    ['accepts RSA', 'valid', rsa, [rsa.jwk]],
    ['accepts OKP', 'valid', ed, [ed.jwk]],
    ['accepts public exponent 3', 'valid', exponent3, [exponent3.jwk]],
    ['accepts a key set for several purposes', 'valid', ec, [{ ...rsa.jwk, use: 'enc' }, ec.jwk]],
    ['accepts key_ops verify', 'valid', ec, [{ ...ec.jwk, use: undefined, key_ops: ['verify'] }]],
    ['rejects wrong use', 'invalid', ec, [{ ...ec.jwk, use: 'enc' }]],
    ['rejects wrong use of RSA', 'invalid', rsa, [{ ...rsa.jwk, use: 'enc', alg: 'RSA1_5' }]],
    ['rejects wrong key_ops', 'invalid', ec, [{ ...ec.jwk, use: undefined, key_ops: ['encrypt'] }]],
    ['rejects key_ops that contradict use', 'invalid', ec, [{ ...ec.jwk, key_ops: ['deriveKey'] }]],
    ['rejects RSA with 1024 bits', 'invalid', small, [small.jwk]],
    ['rejects a key with ROCA vulnerability', 'invalid', roca, [roca.jwk]],
    ['rejects duplicate kid', 'invalid', ec, [ec.jwk, { ...other.jwk, kid: ec.kid }]],
    ['rejects a key of another name', 'invalid', ec, [{ ...ec.jwk, kid: 'other' }]],
    ['rejects mismatched alg and curve', 'invalid', ec, [{ ...ec.jwk, alg: 'ES512' }]],
    ['rejects alg ES521', 'invalid', ec, [{ ...ec.jwk, alg: 'ES521' }]],
    ['rejects alg ES224', 'invalid', ec, [{ ...ec.jwk, alg: 'ES224' }]],
    ['rejects alg of another kind', 'invalid', rsa, [{ ...rsa.jwk, alg: 'PS256' }]],
    ['rejects alg HS256 for a public key', 'invalid', rsa, [{ ...rsa.jwk, alg: 'HS256' }]],
    [
      'rejects a point that is not on the curve',
      'invalid',
      ec,
      [{ ...ec.jwk, y: flipLast(ec.jwk['y']) }],
    ],
    ['rejects another point', 'invalid', ec, [{ ...other.jwk, kid: ec.kid }]],
    ['rejects half a point', 'invalid', ec, [{ ...ec.jwk, y: undefined }]],
    ['rejects the point at infinity', 'invalid', ec, [{ ...ec.jwk, x: '', y: '' }]],
    ['rejects a wrong curve', 'invalid', ec, [{ ...ec.jwk, crv: 'P-384' }]],
    ['rejects a curve without algorithm', 'invalid', ec, [{ ...ec.jwk, crv: 'secp256k1' }]],
    ['rejects a wrong kty', 'invalid', ec, [{ ...ec.jwk, kty: 'RSA' }]],
    ['rejects an OKP key as EC', 'invalid', ed, [{ ...ed.jwk, kty: 'EC' }]],
    ['rejects X25519', 'invalid', ed, [{ ...ed.jwk, crv: 'X25519' }]],
    ['rejects a modified modulus', 'invalid', rsa, [{ ...rsa.jwk, n: flipLast(rsa.jwk['n']) }]],
    ['rejects an even exponent', 'invalid', rsa, [{ ...rsa.jwk, e: encode('\u0002') }]],
    ['rejects exponent 0', 'invalid', rsa, [{ ...rsa.jwk, e: encode('\u0000') }]],
    ['rejects no exponent', 'invalid', rsa, [{ ...rsa.jwk, e: undefined }]],
    ['rejects no modulus', 'invalid', rsa, [{ ...rsa.jwk, n: '' }]],
    [
      'accepts a coordinate with a leading zero, for it is the same point',
      'valid',
      ec,
      [{ ...ec.jwk, x: prefixed(ec.jwk['x']) }],
    ],
    ['rejects an AES key', 'invalid', ec, [{ ...secret, alg: 'A256GCM' }]],
    ['rejects an HMAC key', 'invalid', ec, [{ ...secret, alg: 'HS256', use: 'sig' }]],
    ['rejects an empty key', 'invalid', ec, [{ ...secret, k: '' }]],
    ['rejects an empty key set', 'invalid', ec, []],
  ]
  return [
    ...rows.map(([comment, result, key, keys]) => ({ comment, result, keys, jws: jwsOf(key) })),
    vectorOfExponentOne(rsa, forgeWithExponentOne(rsa)),
  ]
}
