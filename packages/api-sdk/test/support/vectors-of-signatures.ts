import { createHash, createSign, sign as signBytes } from 'node:crypto'
import { base64url, headerOf, inputOf, signPadded, vectorKey, withSignature } from './vectors.js'
import type { Vector, VectorKey } from './vectors.js'

type Row = readonly [comment: string, result: Vector['result'], signature: Buffer]

const toVectors = (key: VectorKey, rows: readonly Row[]): readonly Vector[] =>
  rows.map(([comment, result, signature]) => ({
    comment,
    result,
    keys: [key.jwk],
    jws: withSignature(key, signature),
  }))

const numberOf = (bytes: Buffer): bigint => BigInt(`0x0${bytes.toString('hex')}`)

const bytesOf = (value: bigint, length: number): Buffer =>
  Buffer.from(value.toString(16).padStart(2 * length, '0'), 'hex')

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex')

const orders: Readonly<Record<string, readonly [order: bigint, length: number]>> = {
  ES256: [0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n, 32],
  ES384: [
    0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
    48,
  ],
  ES512: [
    0x01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n,
    66,
  ],
}

/** Signatures of ECDSA that are not what RFC 7518 section 3.4 says, or no signatures at all. */
export function vectorsOfEcdsa(key: VectorKey): readonly Vector[] {
  const [order = 1n, length = 0] = orders[key.alg] ?? []
  const input = inputOf(headerOf(key))
  const signature = key.sign(input)
  const [r, s] = [signature.subarray(0, length), signature.subarray(length)]
  const digest = `sha${key.alg.slice(2)}`
  const zero = Buffer.of(0)
  const edges: readonly (readonly [string, bigint])[] = [
    ['0', 0n],
    ['1', 1n],
    ['n - 1', order - 1n],
    ['n', order],
  ]
  const grid = edges.flatMap(([nameR, valueR]) =>
    edges.map(([nameS, valueS]): Row => [
      `r is ${nameR}, s is ${nameS}`,
      'invalid',
      Buffer.concat([bytesOf(valueR, length), bytesOf(valueS, length)]),
    ]),
  )
  return toVectors(key, [
    // Nobody can tell it from the first: who keeps a list of tokens must not keep it by their text.
    ['s replaced by n - s', 'valid', Buffer.concat([r, bytesOf(order - numberOf(s), length)])],
    ['DER', 'invalid', signBytes(digest, Buffer.from(input), key.privateKey)],
    [
      'DER in hex',
      'invalid',
      Buffer.from(signBytes(digest, Buffer.from(input), key.privateKey).toString('hex')),
    ],
    ['a leading zero in both', 'invalid', Buffer.concat([zero, r, zero, s])],
    ['trailing zeros', 'invalid', Buffer.concat([signature, Buffer.alloc(2)])],
    ['r and s exchanged', 'invalid', Buffer.concat([s, r])],
    ['r too big', 'invalid', Buffer.concat([bytesOf(numberOf(r) + order, length + 1), zero, s])],
    ['s too big', 'invalid', Buffer.concat([zero, r, bytesOf(numberOf(s) + order, length + 1)])],
    ['a very long one', 'invalid', Buffer.alloc(4096)],
    ['r alone', 'invalid', r],
    ...grid,
  ])
}

const identifiers: Readonly<Record<string, string>> = {
  sha1: '2b0e03021a',
  sha256: '608648016503040201',
  sha384: '608648016503040202',
  sha512: '608648016503040203',
}

/** DER of one element with a short length. */
const element = (tag: string, content: Buffer): Buffer =>
  Buffer.concat([hex(tag), Buffer.of(content.length), content])

/** `DigestInfo` (RFC 8017 section 9.2). */
function digestInfo(digest: string, value: Buffer, parameters = hex('05 00')): Buffer {
  const identifier = element('06', hex(identifiers[digest] ?? ''))
  const algorithm = element('30', Buffer.concat([identifier, parameters]))
  return element('30', Buffer.concat([algorithm, element('04', value)]))
}

function paddedWith(info: Buffer, { start = '00 01', filler = 0xff, end = '00' } = {}): Buffer {
  const head = hex(start)
  const tail = Buffer.concat([hex(end), info])
  return Buffer.concat([head, Buffer.alloc(256 - head.length - tail.length, filler), tail])
}

/** Eight bytes of padding, the right hash, and as much of anything as there is room for (Bleichenbacher 2006). */
function withTrailingGarbage(info: Buffer): Buffer {
  const front = Buffer.concat([hex('00 01'), Buffer.alloc(8, 0xff), hex('00'), info])
  return Buffer.concat([front, Buffer.alloc(256 - front.length, 1)])
}

function brokenInfos(digest: string, value: Buffer): Readonly<Record<string, Buffer>> {
  const info = digestInfo(digest, value)
  const body = info.subarray(2)
  const size = body.length
  const long = (lengthBytes: string): Buffer => Buffer.concat([hex(`30 ${lengthBytes}`), body])
  const octet = (count: number): string => Buffer.of(count).toString('hex')
  return {
    'the hash alone': value,
    'the hash in an octet string alone': element('04', value),
    'no parameters': digestInfo(digest, value, Buffer.alloc(0)),
    'parameters that are no NULL': digestInfo(digest, value, hex('04 00')),
    'a NULL with content': digestInfo(digest, value, hex('05 01 00')),
    'parameters twice': digestInfo(digest, value, hex('05 00 05 00')),
    'garbage in the parameters': digestInfo(
      digest,
      value,
      Buffer.concat([hex('04 20'), Buffer.alloc(32)]),
    ),
    'the name of another hash': digestInfo(digest === 'sha256' ? 'sha384' : 'sha256', value),
    'the name of SHA-1': digestInfo('sha1', value),
    'a length in long form': long(`81 ${octet(size)}`),
    'a length with leading zero': long(`82 00 ${octet(size)}`),
    'a length that is too large': long(octet(size + 1)),
    'a length that is too small': long(octet(size - 1)),
    'a length of 2^32 and more': long(`85 01 00 00 00 ${octet(size)}`),
    'a length of 2^64 and more': long(`89 01 00 00 00 00 00 00 00 ${octet(size)}`),
    'an indefinite length': Buffer.concat([hex('30 80'), body, hex('00 00')]),
    'an indefinite length without end': long('80'),
    'another tag': Buffer.concat([hex('31'), info.subarray(1)]),
    'a sequence in a sequence': element('30', info),
    'garbage after it': Buffer.concat([info, hex('00 00')]),
    'garbage before it': Buffer.concat([hex('05 00'), info]),
    'garbage at its end, counted': element('30', Buffer.concat([body, hex('05 00')])),
    'a truncated hash': digestInfo(digest, value.subarray(0, -1)),
    'a longer hash': digestInfo(digest, Buffer.concat([value, Buffer.of(0)])),
    nothing: Buffer.alloc(0),
  }
}

/** Signatures of RSASSA-PKCS1-v1_5 whose padding somebody could forge (RFC 8017 section 8.2.2, RFC 8725 section 3.2). */
export function vectorsOfPkcs1(key: VectorKey): readonly Vector[] {
  const digest = `sha${key.alg.slice(2)}`
  const value = createHash(digest)
    .update(inputOf(headerOf(key)))
    .digest()
  const info = digestInfo(digest, value)
  const good = paddedWith(info)
  const signature = signPadded(key, good)
  const modulus = numberOf(Buffer.from(String(key.jwk['n']), 'base64url'))
  const infos = Object.entries(brokenInfos(digest, value)).map(([name, broken]): Row => [
    name,
    'invalid',
    signPadded(key, paddedWith(broken)),
  ])
  const paddings: Readonly<Record<string, Buffer>> = {
    'block type 0': paddedWith(info, { start: '00 00', filler: 0 }),
    'block type 2': paddedWith(info, { start: '00 02' }),
    'a padding of 00': paddedWith(info, { filler: 0 }),
    'a padding of fe': paddedWith(info, { filler: 0xfe }),
    'no separator': paddedWith(info, { end: 'ff' }),
    'short padding and garbage': withTrailingGarbage(info),
  }
  return toVectors(key, [
    ['the padding of these vectors', 'valid', signature],
    ...infos,
    ...Object.entries(paddings).map(([name, padded]): Row => [
      name,
      'invalid',
      signPadded(key, padded),
    ]),
    ['the padded hash itself', 'invalid', good],
    ['a leading zero', 'invalid', Buffer.concat([Buffer.of(0), signature])],
    ['a trailing zero', 'invalid', Buffer.concat([signature, Buffer.of(0)])],
    ['the modulus added', 'invalid', bytesOf(numberOf(signature) + modulus, 257)],
    ['0', 'invalid', Buffer.alloc(256)],
    ['1', 'invalid', bytesOf(1n, 256)],
    ['the modulus less 1', 'invalid', bytesOf(modulus - 1n, 256)],
  ])
}

/** The token that everybody can make for a key with the public exponent 1. */
export function forgeForExponentOne(key: VectorKey): string {
  const value = createHash('sha256')
    .update(inputOf(headerOf(key)))
    .digest()
  return withSignature(key, paddedWith(digestInfo('sha256', value)))
}

/** Signatures of RSASSA-PSS with other parameters than those of RFC 7518 section 3.5. */
export function vectorsOfPss(key: VectorKey): readonly Vector[] {
  const bits = Number(key.alg.slice(2))
  const input = inputOf(headerOf(key))
  const withSalt = (saltLength: number, digest = `sha${bits}`): Buffer =>
    createSign(digest).update(input).sign({ key: key.privateKey, padding: 6, saltLength })
  const most = 256 - bits / 8 - 2
  return toVectors(key, [
    ['a salt as long as the hash', 'valid', withSalt(bits / 8)],
    ['no salt', 'invalid', withSalt(0)],
    ['a salt that is one byte shorter', 'invalid', withSalt(bits / 8 - 1)],
    ['a salt that is one byte longer', 'invalid', withSalt(bits / 8 + 1)],
    ['the longest salt', 'invalid', withSalt(most)],
    ['SHA-1', 'invalid', withSalt(20, 'sha1')],
    ['a leading zero', 'invalid', Buffer.concat([Buffer.of(0), key.sign(input)])],
  ])
}

const ed25519Order = 2n ** 252n + 27742317777372353535851937790883648493n

const reversed = (bytes: Buffer): Buffer => Buffer.from(bytes.toReversed())

/** Signatures of Ed25519 that RFC 8032 section 5.1.7 does not allow. */
export function vectorsOfEd25519(key: VectorKey): readonly Vector[] {
  const signature = key.sign(inputOf(headerOf(key)))
  const [r, s] = [signature.subarray(0, 32), signature.subarray(32)]
  const moved = reversed(bytesOf(numberOf(reversed(s)) + ed25519Order, 32))
  const identity = Buffer.concat([Buffer.of(1), Buffer.alloc(31)])
  return toVectors(key, [
    ['s increased by the order', 'invalid', Buffer.concat([r, moved])],
    ['zeros', 'invalid', Buffer.alloc(64)],
    ['the neutral element and 0', 'invalid', Buffer.concat([identity, Buffer.alloc(32)])],
    ['r and s exchanged', 'invalid', Buffer.concat([s, r])],
    ['a trailing zero', 'invalid', Buffer.concat([signature, Buffer.of(0)])],
    ['r alone', 'invalid', r],
  ])
}

/** Signatures that a key makes with an algorithm it is not published for (RFC 8725 section 3.1). */
export function vectorsOfOtherAlgorithms(key: VectorKey): readonly Vector[] {
  const family = /^[RP]S/.test(key.alg)
    ? ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512']
    : ['ES256', 'ES384', 'ES512', 'EdDSA']
  return family
    .filter((alg) => alg !== key.alg)
    .flatMap((alg) => {
      const isSameKind = /^[RP]S/.test(alg)
      const other = vectorKey(alg, isSameKind ? key.privateKey : undefined)
      const named = inputOf({ ...headerOf(key), alg })
      return [
        {
          comment: `a signature of ${alg}`,
          result: 'invalid',
          keys: [key.jwk],
          jws: withSignature(key, other.sign(inputOf(headerOf(key)))),
        },
        {
          comment: `a signature of ${alg}, which the header names`,
          result: 'invalid',
          keys: [key.jwk],
          jws: `${named}.${base64url(other.sign(named))}`,
        },
      ] as const
    })
}
