import { createHmac, createPublicKey } from 'node:crypto'
import { encode } from './test-issuer.js'
import { base64url, headerOf, inputOf, vectorKey } from './vectors.js'
import type { Vector, VectorKey } from './vectors.js'

type Row = readonly [comment: string, result: Vector['result'], jws: string]

const flipFirst = (text: string): string => `${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}`

/** Spells the same bytes with another last digit, if there are unused bits in it. */
function respell(text: string): string | undefined {
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  if (text.length % 4 === 0) return undefined
  return text.slice(0, -1) + digits.charAt(digits.indexOf(text.slice(-1)) + 1)
}

function hmacWith(key: VectorKey, secret: string | Buffer): string {
  const input = inputOf({ ...headerOf(key), alg: 'HS256' })
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
}

function confusions(key: VectorKey): readonly Row[] {
  const publicKey = createPublicKey(key.privateKey)
  const secrets: Readonly<Record<string, string | Buffer>> = {
    pem: publicKey.export({ type: 'spki', format: 'pem' }),
    der: publicKey.export({ type: 'spki', format: 'der' }),
    jwk: JSON.stringify(key.jwk),
    firstNumber: Buffer.from(String(key.jwk['x'] ?? key.jwk['n']), 'base64url'),
    empty: '',
  }
  return Object.entries(secrets).map(([name, secret]) => [
    `symmetry confusion with the ${name}`,
    'invalid',
    hmacWith(key, secret),
  ])
}

function attackersKey(key: VectorKey): string {
  const attacker = vectorKey(key.alg)
  const input = inputOf({ ...headerOf(key), jwk: attacker.jwk })
  return `${input}.${base64url(attacker.sign(input))}`
}

/** Vectors about the three parts of a JWS and how they are written, for any algorithm. */
export function vectorsOfShape(key: VectorKey): readonly Vector[] {
  const sign = (header: unknown, payload?: unknown): string => {
    const input = inputOf(header, payload)
    return `${input}.${base64url(key.sign(input))}`
  }
  const own = headerOf(key)
  const valid = sign(own)
  const [h = '', p = '', s = ''] = valid.split('.')
  const spaced = JSON.stringify(own, undefined, 2)
  const json = { payload: p, protected: h, signature: s }
  const respelled = [h, p, s].flatMap((part, index): readonly Row[] => {
    const other = respell(part)
    if (other === undefined) return []
    const parts = [h, p, s].with(index, other)
    return [[`modified unused bits in part ${index}`, 'invalid', parts.join('.')]]
  })
  const rows: readonly Row[] = [
    ['accepts valid', 'valid', valid],
    ['accepts white space in the JSON of the header', 'valid', sign(spaced)],
    ['rejects modified signature', 'invalid', `${h}.${p}.${flipFirst(s)}`],
    ['rejects missing signature', 'invalid', `${h}.${p}.`],
    ['rejects missing signature and separator', 'invalid', `${h}.${p}`],
    ['rejects truncated signature', 'invalid', `${h}.${p}.${s.slice(0, -4)}`],
    ['rejects modified payload', 'invalid', `${h}.${encode({ sub: 'bob' })}.${s}`],
    ['rejects an empty payload that is signed', 'invalid', sign(own, '')],
    ['rejects a payload that is signed and no JSON', 'invalid', sign(own, 'foo')],
    ['rejects missing payload', 'invalid', `${h}..${s}`],
    ['rejects missing payload and separator', 'invalid', `${h}.${s}`],
    ['rejects modified header', 'invalid', `${encode({ ...own, x: 1 })}.${p}.${s}`],
    ['rejects header written otherwise', 'invalid', `${encode(spaced)}.${p}.${s}`],
    ['rejects missing header', 'invalid', `.${p}.${s}`],
    ['rejects missing header and separator', 'invalid', `${p}.${s}`],
    ['rejects missing header and signature', 'invalid', `.${p}.`],
    ['rejects nothing but separators', 'invalid', '..'],
    ['rejects extra empty component', 'invalid', `${valid}.`],
    ['rejects extra component', 'invalid', `${valid}.${s}`],
    ['rejects five components', 'invalid', `${valid}.${p}.${s}`],
    ['rejects none without signature', 'invalid', `${inputOf({ ...own, alg: 'none' })}.`],
    ['rejects none with signature', 'invalid', sign({ ...own, alg: 'none' })],
    ['rejects JSON serialization', 'invalid', JSON.stringify(json)],
    ['rejects attacker provided embedded jwk', 'invalid', attackersKey(key)],
    ['rejects crit', 'invalid', sign({ ...own, crit: ['exp'], exp: 1 })],
    ['rejects crit that is empty', 'invalid', sign({ ...own, crit: [] })],
    ['rejects unencoded payload', 'invalid', sign({ ...own, b64: false, crit: ['b64'] })],
    ['rejects alg with white space', 'invalid', sign({ ...own, alg: `${key.alg} ` })],
    ['rejects alg in lower case', 'invalid', sign({ ...own, alg: key.alg.toLowerCase() })],
    ['rejects space in signature', 'invalid', `${h}.${p}.${s.slice(0, 8)} ${s.slice(8)}`],
    ['rejects invalid character in signature', 'invalid', `${h}.${p}.?${s}`],
    ['rejects invalid character in payload', 'invalid', `${h}.${p}#.${s}`],
    ['rejects invalid character in header', 'invalid', `${h}?.${p}.${s}`],
    ['rejects padded signature', 'invalid', `${valid}==`],
    ['rejects padded payload', 'invalid', `${h}.${p}=.${s}`],
    ['rejects the alphabet of base64', 'invalid', `${h}.${p}.+/${s.slice(2)}`],
    ['rejects a line break', 'invalid', `${h}.${p}.${s}\n`],
    ['rejects a NUL', 'invalid', `${valid}\0`],
    ...respelled,
    ...confusions(key),
  ]
  return rows.map(([comment, result, jws]) => ({ comment, result, jws, keys: [key.jwk] }))
}
