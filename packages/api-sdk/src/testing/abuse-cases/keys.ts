import { Buffer } from 'node:buffer'
import { goodToken, tokenCase } from '../abuse-case.js'
import type { AbuseCase, AbuseContext, AbuseName } from '../abuse-case.js'
import { invalidToken, passes } from '../expected-answers.js'
import { encodeSegment } from '../signing-key.js'
import {
  forged,
  otherAlgorithm,
  publicKeyOf,
  publicPem,
  signedWithSecret,
  unsigned,
  withSignature,
} from '../unusual-tokens.js'

const evil = 'https://evil.example'

const notAllowed = invalidToken('algorithm_not_allowed')
const wrongSignature = invalidToken('invalid_signature')
const wrongExtension = invalidToken('unsupported_header')

const withHeader =
  (header: Readonly<Record<string, unknown>>) =>
  (context: AbuseContext): Promise<string> =>
    goodToken(context, {}, header)

const kidOf = ({ issuer }: AbuseContext): string | undefined => publicKeyOf(issuer).kid

const unknownKid = (name: AbuseName, kid: unknown): AbuseCase =>
  tokenCase(name, invalidToken('unknown_key'), withHeader({ kid }))

async function tampered(context: AbuseContext): Promise<string> {
  const [header, payload = '', signature] = (await goodToken(context)).split('.')
  const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString())
  return `${header}.${encodeSegment({ ...Object(claims), sub: 'mallory' })}.${signature}`
}

/** An integer of DER: no byte too many, and not negative. */
function derInteger(bytes: Buffer): Buffer {
  const significant = bytes.subarray(bytes.findIndex((byte) => byte !== 0))
  const sign = (significant[0] ?? 0) >= 0x80 ? [0] : []
  return Buffer.from([2, sign.length + significant.length, ...sign, ...significant])
}

/** The signature as other software writes it (RFC 3279 section 2.2.3) and JOSE does not. */
function toDer(signature: Buffer): Buffer {
  const half = signature.length / 2
  const numbers = [signature.subarray(0, half), signature.subarray(half)].map(derInteger)
  const content = Buffer.concat(numbers)
  return Buffer.concat([Buffer.from([0x30, content.length]), content])
}

/** Which keys and algorithms tokens are signed with. */
export const keyCases: readonly AbuseCase[] = [
  ...['none', 'None', 'nOnE'].map((alg) =>
    tokenCase(
      [`K01-${alg}`, `alg ${alg} and no signature`],
      invalidToken('malformed_token'),
      (context) => unsigned(context, alg),
    ),
  ),
  tokenCase(['K01', 'alg none and some signature'], notAllowed, withHeader({ alg: 'none' })),
  tokenCase(['K02', 'HS256 with the public key as secret'], notAllowed, (context) =>
    signedWithSecret(context, publicPem(context.issuer)),
  ),
  tokenCase(['K02-newline', 'HS256 with the public key after a newline'], notAllowed, (context) =>
    signedWithSecret(context, `\n${publicPem(context.issuer)}`),
  ),
  tokenCase(['K03', 'HS256 with the JWK as secret'], notAllowed, (context) =>
    signedWithSecret(context, JSON.stringify(publicKeyOf(context.issuer))),
  ),
  tokenCase(['K03-missing', 'no alg'], notAllowed, withHeader({ alg: undefined })),
  tokenCase(['K03-list', 'an alg that is a list'], notAllowed, withHeader({ alg: ['ES256'] })),
  tokenCase(['K03-inherited', 'alg toString'], notAllowed, withHeader({ alg: 'toString' })),
  tokenCase(['K04', 'an extension in crit'], wrongExtension, withHeader({ crit: ['x'], x: 1 })),
  tokenCase(['K05', 'b64 in crit'], wrongExtension, withHeader({ crit: ['b64'], b64: false })),
  tokenCase(['K05-bare', 'b64 alone'], wrongExtension, withHeader({ b64: false })),
  tokenCase(['K06', 'signed with a key that the header holds'], wrongSignature, (context) =>
    forged(context, (jwk) => ({ jwk })),
  ),
  tokenCase(['K07', 'signed with a key at a foreign jku'], wrongSignature, (context) =>
    forged(context, () => ({ kid: kidOf(context), jku: `${evil}/jwks` })),
  ),
  tokenCase(['K07-x5u', 'signed with a key at a foreign x5u'], wrongSignature, (context) =>
    forged(context, () => ({ kid: kidOf(context), x5u: `${evil}/certificate` })),
  ),
  tokenCase(['K08', 'a valid token with a jku'], passes, withHeader({ jku: `${evil}/jwks` })),
  tokenCase(['K09', 'a foreign signature under a known kid'], wrongSignature, (context) =>
    forged(context, () => ({ kid: kidOf(context) })),
  ),
  tokenCase(['K09-payload', 'a payload that was changed'], wrongSignature, tampered),
  unknownKid(['K10', 'a kid that is a path'], '../../dev/null'),
  unknownKid(['K10-sql', 'a kid that is SQL'], `' OR 1=1`),
  unknownKid(['K10-long', 'a kid of 300 characters'], 'k'.repeat(300)),
  unknownKid(['K10-object', 'a kid that is an object'], { toString: 'k' }),
  unknownKid(['K10-list', 'a kid that is a list'], ['k']),
  unknownKid(['K10-number', 'a kid that is a number'], 1),
  unknownKid(['K11', 'kid __proto__'], '__proto__'),
  unknownKid(['K11-constructor', 'kid constructor'], 'constructor'),
  tokenCase(['K12', 'a valid token without kid'], passes, withHeader({ kid: undefined })),
  tokenCase(
    ['K15', 'a known kid and an algorithm of another type of key'],
    invalidToken('unknown_key'),
    (context) => forged(context, () => ({ kid: kidOf(context) }), otherAlgorithm(context.issuer)),
  ),
  tokenCase(['K16', 'a signature of zeros'], wrongSignature, (context) =>
    withSignature(context, ({ length }) => Buffer.alloc(length)),
  ),
  tokenCase(['K16-der', 'a signature in DER'], wrongSignature, (context) =>
    withSignature(context, toDer),
  ),
]
