import { createHmac, createPublicKey, sign as signBytes } from 'node:crypto'
import type { ApiAuthErrorReason } from '../../src/index.js'
import {
  createKey,
  encode,
  headerOf,
  issuer,
  now,
  resource,
  sign,
  validClaims,
} from './test-issuer.js'
import type { TestKey } from './test-issuer.js'
import type { World } from './world.js'

type Row = readonly [name: string, make: (world: World) => string, reason: ApiAuthErrorReason]

const stranger = createKey('ES256', 'k1')
const strangerRsa = createKey('RS256', 'k1')

const raw = ({ key }: World, header: unknown, payload: unknown): string =>
  sign(key, header, payload)

const hmac = (secret: string): string => {
  const input = `${encode({ typ: 'at+jwt', alg: 'HS256', kid: 'k1' })}.${encode(validClaims)}`
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
}

const pem = ({ key }: World): string =>
  createPublicKey(key.privateKey).export({ type: 'spki', format: 'pem' }).toString()

// Another spelling of the last digit that decodes to the same bytes: 64 bytes leave four bits of it unused.
function respell(token: string): string {
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const last = digits.indexOf(token.at(-1) ?? '')
  return `${token.slice(0, -1)}${digits[last + 1]}`
}

/** Replaces the signature of a token. */
export function withSignature(
  token: string,
  make: (input: Buffer, signature: Buffer) => Buffer,
): string {
  const dot = token.lastIndexOf('.')
  const input = token.slice(0, dot)
  const signature = Buffer.from(token.slice(dot + 1), 'base64url')
  return `${input}.${make(Buffer.from(input), signature).toString('base64url')}`
}

const thumbprint = 'A'.repeat(43)

const unknownConfirmations: readonly unknown[] = [
  {},
  null,
  'x',
  [],
  { kid: 'k1' },
  { jkt: '' },
  { jkt: 'x' },
  { jkt: [thumbprint] },
  { jkt: null, 'x5t#S256': thumbprint },
  { 'x5t#S256': `${thumbprint}=` },
]

const claims = (
  id: string,
  what: string,
  changes: Readonly<Record<string, unknown>>,
  reason: ApiAuthErrorReason,
): Row => [`${id} ${what}`, ({ token }) => token(changes), reason]

const header = (
  id: string,
  what: string,
  changes: Readonly<Record<string, unknown>>,
  reason: ApiAuthErrorReason,
): Row => [`${id} ${what}`, ({ token }) => token({}, changes), reason]

const text = (name: string, value: string): ((world: World) => string) => {
  return (world) => {
    const { [name]: _, ...others } = validClaims
    return raw(
      world,
      headerOf(world.key),
      `${JSON.stringify(others).slice(0, -1)},"${name}":${value}}`,
    )
  }
}

const forgedBy = (
  key: TestKey,
  more: Readonly<Record<string, unknown>>,
): ((world: World) => string) => {
  return () => sign(key, { typ: 'at+jwt', alg: key.alg, ...more }, validClaims)
}

export const malformedTokens: readonly Row[] = [
  ['T11 20 KiB', () => 'a'.repeat(20 * 1024), 'token_too_long'],
  ['T22 8,000 dots', () => '.'.repeat(8000), 'malformed_token'],
  ['T22 two segments', () => 'a.b', 'malformed_token'],
  ['T22 an empty header', () => '.b.c', 'malformed_token'],
  ['J08 five segments (JWE)', () => 'a.b.c.d.e', 'malformed_token'],
  ['J09 payload []', (world) => raw(world, headerOf(world.key), '[]'), 'malformed_token'],
  ['J09 payload null', (world) => raw(world, headerOf(world.key), 'null'), 'malformed_token'],
  ['J09 payload text', (world) => raw(world, headerOf(world.key), '"x"'), 'malformed_token'],
  ['J09 payload no JSON', (world) => raw(world, headerOf(world.key), '{x}'), 'malformed_token'],
  ['J09 header no JSON', (world) => raw(world, '{', validClaims), 'malformed_token'],
  [
    'J09 payload no UTF-8',
    ({ key }) => {
      const bytes = Buffer.concat([Buffer.from('{"iss":"'), Buffer.from([0xff]), Buffer.from('"}')])
      return `${encode(headerOf(key))}.${bytes.toString('base64url')}.AAAA`
    },
    'malformed_token',
  ],
  [
    'J10 payload of nested arrays',
    (world) => raw(world, headerOf(world.key), `{"x":${'['.repeat(5000)}${']'.repeat(5000)}}`),
    'malformed_token',
  ],
  [
    'J10 a claim nested 33 levels deep',
    ({ token }) => token({ x: JSON.parse(`${'['.repeat(33)}${']'.repeat(33)}`) }),
    'malformed_token',
  ],
  ['J11 signature with padding', ({ token }) => `${token()}==`, 'malformed_token'],
  ['J11 other last digit', ({ token }) => respell(token()), 'malformed_token'],
  ['J11 length no bytes have', ({ token }) => `${token()}AAA`, 'malformed_token'],
  ['J11 base64 instead of base64url', () => 'YWI+.YWI/.YWI+', 'malformed_token'],
  ['J13 opaque', () => '2YotnFZFEjr1zCsicMWpAA', 'malformed_token'],
]

export const wrongHeaders: readonly Row[] = [
  [
    'J01 ID token',
    ({ token }) => token({ nonce: 'n', at_hash: 'h' }, { typ: 'JWT' }),
    'wrong_type',
  ],
  header('J02', 'no typ', { typ: undefined }, 'wrong_type'),
  header('J03', 'logout token', { typ: 'logout+jwt' }, 'wrong_type'),
  header('J03', 'security event', { typ: 'secevent+jwt' }, 'wrong_type'),
  header('J03', 'introspection response', { typ: 'token-introspection+jwt' }, 'wrong_type'),
  header('J04', 'DPoP proof', { typ: 'dpop+jwt' }, 'wrong_type'),
  header('J06', 'typ a list', { typ: ['at+jwt'] }, 'wrong_type'),
  ...['none', 'None', 'nOnE'].map((alg): Row => [
    `K01 alg ${alg}, no signature`,
    () => `${encode({ typ: 'at+jwt', alg })}.${encode(validClaims)}.`,
    'malformed_token',
  ]),
  [
    'K01 alg none, some signature',
    ({ token }) => token({}, { alg: 'none' }),
    'algorithm_not_allowed',
  ],
  ['K02 HS256 with the public key', (world) => hmac(pem(world)), 'algorithm_not_allowed'],
  ['K02 HS256, leading newline', (world) => hmac(`\n${pem(world)}`), 'algorithm_not_allowed'],
  ['K03 HS256 with the JWK', ({ key }) => hmac(JSON.stringify(key.jwk)), 'algorithm_not_allowed'],
  header('K03', 'no alg', { alg: undefined }, 'algorithm_not_allowed'),
  header('K03', 'alg a list', { alg: ['ES256'] }, 'algorithm_not_allowed'),
  header('K03', 'alg toString', { alg: 'toString' }, 'algorithm_not_allowed'),
  header('K04', 'crit', { crit: ['x'], x: 1 }, 'unsupported_header'),
  header('K05', 'crit b64', { crit: ['b64'], b64: false }, 'unsupported_header'),
  header('K05', 'b64 alone', { b64: false }, 'unsupported_header'),
  ['K06 embedded jwk', forgedBy(stranger, { jwk: stranger.jwk }), 'invalid_signature'],
  [
    'K07 foreign jku',
    forgedBy(stranger, { kid: 'k1', jku: 'https://evil.example/jwks' }),
    'invalid_signature',
  ],
  [
    'K07 foreign x5u',
    forgedBy(stranger, { kid: 'k1', x5u: 'https://evil.example/cert' }),
    'invalid_signature',
  ],
  ['K09 foreign signature', forgedBy(stranger, { kid: 'k1' }), 'invalid_signature'],
  [
    'K09 tampered payload',
    ({ token }) => {
      const [first, , last] = token().split('.')
      return `${first}.${encode({ ...validClaims, sub: 'mallory' })}.${last}`
    },
    'invalid_signature',
  ],
  header('K10', 'kid a path', { kid: '../../dev/null' }, 'unknown_key'),
  header('K10', 'kid SQL', { kid: `' OR 1=1` }, 'unknown_key'),
  header('K10', 'kid of 300 characters', { kid: 'k'.repeat(300) }, 'unknown_key'),
  header('K10', 'kid an object', { kid: { toString: 'k1' } }, 'unknown_key'),
  header('K10', 'kid a list', { kid: ['k1'] }, 'unknown_key'),
  header('K10', 'kid a number', { kid: 1 }, 'unknown_key'),
  header('K11', 'kid __proto__', { kid: '__proto__' }, 'unknown_key'),
  header('K11', 'kid constructor', { kid: 'constructor' }, 'unknown_key'),
  ['K15 other key type', forgedBy(strangerRsa, { kid: 'k1' }), 'unknown_key'],
  [
    'K16 all-zero signature',
    ({ token }) => withSignature(token(), () => Buffer.alloc(64)),
    'invalid_signature',
  ],
  [
    'K16 DER signature',
    ({ key, token }) =>
      withSignature(token(), (input) => signBytes('sha256', input, key.privateKey)),
    'invalid_signature',
  ],
]

export const wrongClaims: readonly Row[] = [
  claims('C01', 'no exp', { exp: undefined }, 'missing_claim'),
  claims('C01', 'exp null', { exp: null }, 'malformed_claim'),
  claims('C01', 'exp text', { exp: String(now + 300) }, 'malformed_claim'),
  claims('C01', 'exp 0', { exp: 0 }, 'malformed_claim'),
  claims('C01', 'exp negative', { exp: -1 }, 'malformed_claim'),
  ['C02 exp infinite', text('exp', '1e400'), 'malformed_claim'],
  ['C02 exp beyond all dates', text('exp', '9e15'), 'malformed_claim'],
  claims('C03', 'expired by more than the tolerance', { exp: now - 31 }, 'expired'),
  claims('C03', 'expired by exactly the tolerance', { exp: now - 30 }, 'expired'),
  claims('C04', 'nbf ahead', { nbf: now + 31 }, 'not_yet_valid'),
  claims('C04', 'nbf text', { nbf: String(now) }, 'malformed_claim'),
  claims('C05', 'iat an hour ahead', { iat: now + 3600 }, 'not_yet_valid'),
  claims('C05', 'iat ahead hidden behind nbf', { iat: now + 3600, nbf: now }, 'not_yet_valid'),
  claims('C05', 'no iat', { iat: undefined }, 'missing_claim'),
  claims('C05', 'iat text', { iat: 'now' }, 'malformed_claim'),
  ...['sub', 'client_id', 'jti'].map((name) =>
    claims('C07', `no ${name}`, { [name]: undefined }, 'missing_claim'),
  ),
  claims('C09', 'sub an object', { sub: {} }, 'malformed_claim'),
  claims('C09', 'sub a number', { sub: 1 }, 'malformed_claim'),
  claims('C09', 'sub empty', { sub: '' }, 'malformed_claim'),
  claims('C09', 'client_id a list', { client_id: ['web'] }, 'malformed_claim'),
  claims('C09', 'jti a number', { jti: 7 }, 'malformed_claim'),
  claims('C09', 'jti of 300 characters', { jti: 'j'.repeat(300) }, 'malformed_claim'),
  ...unknownConfirmations.map((cnf) =>
    claims('D32', `cnf ${JSON.stringify(cnf)}`, { cnf }, 'unsupported_confirmation'),
  ),
  claims('M01', 'cnf x5t#S256', { cnf: { 'x5t#S256': thumbprint } }, 'certificate_missing'),
  claims('I01', 'no iss', { iss: undefined }, 'unknown_issuer'),
  claims('I01', 'iss other', { iss: 'https://evil.example' }, 'unknown_issuer'),
  claims('I01', 'iss a prefix', { iss: issuer.slice(0, -1) }, 'unknown_issuer'),
  claims('I01', 'iss longer', { iss: `${issuer}.evil.example` }, 'unknown_issuer'),
  claims('I02', 'iss a list', { iss: [issuer] }, 'unknown_issuer'),
  claims('I03', 'iss with a slash', { iss: `${issuer}/` }, 'issuer_trailing_slash'),
  claims('I03', 'iss in capitals', { iss: 'https://ID.example.com' }, 'unknown_issuer'),
  claims('A01', 'no aud', { aud: undefined }, 'missing_claim'),
  claims('A01', 'aud []', { aud: [] }, 'malformed_claim'),
  claims('A01', 'aud empty', { aud: '' }, 'malformed_claim'),
  claims('A01', 'aud [""]', { aud: [''] }, 'malformed_claim'),
  claims('A02', 'aud other', { aud: 'https://other.example' }, 'wrong_audience'),
  claims('A02', 'aud longer', { aud: `${resource}.evil` }, 'wrong_audience'),
  claims('A02', 'aud with a slash', { aud: `${resource}/` }, 'wrong_audience'),
  claims('A02', 'aud in capitals', { aud: resource.toUpperCase() }, 'wrong_audience'),
  claims('A03', 'aud an object', { aud: { 0: resource } }, 'malformed_claim'),
  claims('A03', 'aud nested', { aud: [[resource]] }, 'malformed_claim'),
  claims('A03', 'aud of mixed types', { aud: [resource, 1, null] }, 'malformed_claim'),
  claims('A08', 'aud of the issuer', { aud: `${issuer}/resources` }, 'wrong_audience'),
  claims('S05', 'scope and scp differ', { scope: 'read', scp: 'write' }, 'malformed_claim'),
  claims('S06', 'scope an object', { scope: { read: true } }, 'malformed_claim'),
  claims('S06', 'scope a number', { scope: 1 }, 'malformed_claim'),
  claims('S06', 'scope list of mixed types', { scope: ['read', 1] }, 'malformed_claim'),
  claims('S06', 'scope list with a spaced item', { scope: ['read write'] }, 'malformed_claim'),
  claims('S06', 'scope with a quote', { scope: 'read"x' }, 'malformed_claim'),
]
