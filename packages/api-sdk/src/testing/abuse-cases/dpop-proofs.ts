import { createHmac } from 'node:crypto'
import type { AbuseCase, AbuseName, ExpectedAnswer } from '../abuse-case.js'
import { proofCase } from '../dpop-request.js'
import type { BoundClient } from '../dpop-request.js'
import { invalidProof, passes } from '../expected-answers.js'
import { otherCase } from '../other-case.js'
import { encodeSegment } from '../signing-key.js'

type Changes = Readonly<Record<string, unknown>>

const wrongTime = invalidProof('proof_wrong_time')
const wrongIdentifier = invalidProof('proof_wrong_identifier')
const wrongKey = invalidProof('proof_wrong_key')
const wrongMethod = invalidProof('proof_wrong_method')
const wrongUri = invalidProof('proof_wrong_uri')
const wrongToken = invalidProof('proof_wrong_token')
const wrongType = invalidProof('proof_wrong_type')
const wrongAlgorithm = invalidProof('proof_wrong_algorithm')

const withClaims = (
  name: AbuseName,
  expected: ExpectedAnswer,
  changes: Changes | ((now: number) => Changes),
): AbuseCase =>
  proofCase(name, expected, ({ context: { issuer }, proof }) => {
    const claims = typeof changes === 'function' ? changes(issuer.now()) : changes
    return proof({ claims })
  })

const withHeader = (
  name: AbuseName,
  expected: ExpectedAnswer,
  header: (client: BoundClient) => Changes | Promise<Changes>,
): AbuseCase =>
  proofCase(name, expected, async (client) => client.proof({ header: await header(client) }))

/** A proof for another spelling of the address, without query. It is text, because `URL` would mend it. */
const forAddress = (
  name: AbuseName,
  expected: ExpectedAnswer,
  write: (origin: string, path: string) => string,
): AbuseCase =>
  proofCase(name, expected, ({ publicUrl, proof }) => {
    const { origin, pathname } = new URL(publicUrl)
    return proof({ claims: { htu: write(origin, pathname) } })
  })

const withPort = (origin: string): string => {
  const { port, protocol } = new URL(origin)
  if (port !== '') return origin
  return `${origin}:${protocol === 'https:' ? 443 : 80}`
}

const withOtherScheme = (origin: string): string =>
  origin.startsWith('https:')
    ? origin.replace('https:', 'http:')
    : origin.replace('http:', 'https:')

// RFC 3986 section 6.2.2.2: a letter means the same encoded or not.
const withEncodedLetter = (path: string): string =>
  path.replace(/[a-z]/i, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)

/** A proof that is signed with what everybody knows. */
async function signedWithKey({ key, proof }: BoundClient): Promise<string> {
  const [, payload] = (await proof()).split('.')
  const input = `${encodeSegment({ typ: 'dpop+jwt', alg: 'HS256', jwk: key.jwk })}.${payload}`
  const hmac = createHmac('sha256', JSON.stringify(key.jwk)).update(input)
  return `${input}.${hmac.digest('base64url')}`
}

async function signedBySomebodyElse({
  context,
  key,
  publicUrl,
  token,
}: BoundClient): Promise<string> {
  const { issuer, method = 'GET' } = context
  const other = await issuer.dpopKey()
  return other.proof({ method, url: publicUrl, token, header: { jwk: key.jwk } })
}

/** What proofs are for, when they were made, and by whom (RFC 9449 section 4.3). */
export const proofCases: readonly AbuseCase[] = [
  withClaims(['D12', 'a proof for another method'], wrongMethod, { htm: 'PATCH' }),
  proofCase(['D12-letters', 'the method in small letters'], wrongMethod, ({ context, proof }) =>
    proof({ claims: { htm: (context.method ?? 'GET').toLowerCase() } }),
  ),
  forAddress(['D13', 'a proof for another path'], wrongUri, (origin) => `${origin}/other/x`),
  forAddress(
    ['D13-longer', 'a path that goes on'],
    wrongUri,
    (origin, path) => `${origin}${path}/x`,
  ),
  forAddress(
    ['D13-port', 'another port'],
    wrongUri,
    (origin, path) => `${new URL(origin).protocol}//${new URL(origin).hostname}:4444${path}`,
  ),
  forAddress(
    ['D13-scheme', 'http instead of https, or the other way round'],
    wrongUri,
    (origin, path) => `${withOtherScheme(origin)}${path}`,
  ),
  withClaims(['D13-missing', 'no htu'], wrongUri, { htu: undefined }),
  forAddress(
    ['D14', 'a path in capitals'],
    wrongUri,
    (origin, path) => `${origin}${otherCase(path)}`,
  ),
  forAddress(
    ['D15', 'a host in capitals'],
    passes,
    (origin, path) => `${origin.toUpperCase()}${path}`,
  ),
  forAddress(
    ['D15-port', 'the default port'],
    passes,
    (origin, path) => `${withPort(origin)}${path}`,
  ),
  forAddress(
    ['D15-letter', 'an encoded letter in the path'],
    passes,
    (origin, path) => `${origin}${withEncodedLetter(path)}`,
  ),
  forAddress(['D15-query', 'a query'], passes, (origin, path) => `${origin}${path}?a=b#c`),
  withClaims(['D18', 'no ath'], wrongToken, { ath: undefined }),
  proofCase(['D18-other', 'the ath of another token'], wrongToken, ({ proof }) =>
    proof({ token: 'another' }),
  ),
  withClaims(['D19', 'no iat'], wrongTime, { iat: undefined }),
  withClaims(['D19-old', 'a proof of yesterday'], wrongTime, (now) => ({ iat: now - 86_400 })),
  withClaims(['D19-new', 'a proof of tomorrow'], wrongTime, (now) => ({ iat: now + 86_400 })),
  withClaims(['D19-text', 'an iat that is a text'], wrongTime, (now) => ({ iat: String(now) })),
  withClaims(['D20', 'no jti'], wrongIdentifier, { jti: undefined }),
  withClaims(['D20-number', 'a jti that is a number'], wrongIdentifier, { jti: 1 }),
  withClaims(['D20-empty', 'an empty jti'], wrongIdentifier, { jti: '' }),
  withClaims(['D20-long', 'a jti of 1 KiB'], wrongIdentifier, { jti: 'x'.repeat(1024) }),
  withClaims(['D21', 'a proof of more than 4 KiB'], invalidProof('proof_malformed'), {
    padding: 'x'.repeat(4096),
  }),
  withHeader(['D22', 'typ JWT'], wrongType, () => ({ typ: 'JWT' })),
  withHeader(['D22-access', 'the type of an access token'], wrongType, () => ({ typ: 'at+jwt' })),
  withHeader(['D22-none', 'alg none'], wrongAlgorithm, () => ({ alg: 'none' })),
  proofCase(['D22-secret', 'HS256 with the public key'], wrongAlgorithm, signedWithKey),
  withHeader(
    ['D22-crit', 'an extension in crit'],
    invalidProof('proof_unsupported_header'),
    () => ({ crit: ['x'], x: 1 }),
  ),
  withHeader(['D23', 'no jwk'], wrongKey, () => ({ jwk: undefined })),
  withHeader(['D23-private', 'a jwk with a private member'], wrongKey, ({ key }) => ({
    jwk: { ...key.jwk, d: 'AAAA' },
  })),
  withHeader(['D23-secret', 'a jwk that is a secret'], wrongKey, () => ({
    jwk: { kty: 'oct', k: 'AAAA' },
  })),
  withHeader(['D23-curve', 'a point that is not on its curve'], wrongKey, ({ key }) => ({
    jwk: { ...key.jwk, y: key.jwk.x },
  })),
  withHeader(['D23-type', 'a jwk of another algorithm'], wrongKey, async ({ context }) => ({
    jwk: (await context.issuer.dpopKey('PS256')).jwk,
  })),
  proofCase(
    ['D24', 'a proof that another key has signed'],
    invalidProof('proof_wrong_signature'),
    signedBySomebodyElse,
  ),
  withClaims(['D26', 'an exp that is past'], wrongTime, (now) => ({ exp: now - 600 })),
  withClaims(['D26-nbf', 'an nbf that is ahead'], wrongTime, (now) => ({ nbf: now + 600 })),
  withClaims(['D27-number', 'a nonce that is a number'], invalidProof('proof_wrong_nonce'), {
    nonce: 1,
  }),
]
