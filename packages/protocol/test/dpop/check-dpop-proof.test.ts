import { createPrivateKey, createPublicKey, generateKeyPairSync, hash, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { checkDPoPProof, dpopAlgorithms, DPoPProofError } from '../../src/index.js'
import type { DPoPAlgorithm, DPoPExpectations } from '../../src/index.js'

type Changes = Readonly<Record<string, unknown>>

const now = 1_800_000_000
const accessToken = 'Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU'
const uri = 'https://api.example.com/invoices'

const expected: DPoPExpectations = {
  method: 'GET',
  uri,
  accessToken,
  algorithms: new Set(dpopAlgorithms),
  limits: { proof: 4096, identifier: 256 },
  maxAge: 60,
  clockTolerance: 5,
  now,
}

interface ProofKeyPair {
  readonly alg: DPoPAlgorithm
  readonly privateKey: KeyObject
}

const ec = (namedCurve: string) => (): KeyObject =>
  generateKeyPairSync('ec', { namedCurve }).privateKey
const rsa = (): KeyObject => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
const ed25519 = (): KeyObject => generateKeyPairSync('ed25519').privateKey

const makers: Readonly<Record<DPoPAlgorithm, () => KeyObject>> = {
  ES256: ec('P-256'),
  ES384: ec('P-384'),
  ES512: ec('P-521'),
  EdDSA: ed25519,
  Ed25519: ed25519,
  PS256: rsa,
  PS384: rsa,
  PS512: rsa,
  RS256: rsa,
  RS384: rsa,
  RS512: rsa,
}

const pairFor = (alg: DPoPAlgorithm): ProofKeyPair => ({ alg, privateKey: makers[alg]() })

function signBytes(input: Buffer, { alg, privateKey: key }: ProofKeyPair): Buffer {
  if (alg.startsWith('Ed')) return sign(null, input, key)
  const bits = Number(alg.slice(2))
  const pss = alg.startsWith('PS') ? { padding: 6, saltLength: bits / 8 } : {}
  return sign(`sha${bits}`, input, { key, dsaEncoding: 'ieee-p1363', ...pss })
}

const encode = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

const publicJwk = ({ privateKey }: ProofKeyPair): Changes => ({
  ...createPublicKey(privateKey).export({ format: 'jwk' }),
})

function signProof(pair: ProofKeyPair, header: unknown, payload: unknown): string {
  const input = `${encode(header)}.${encode(payload)}`
  return `${input}.${signBytes(Buffer.from(input), pair).toString('base64url')}`
}

const headerOf = (pair: ProofKeyPair): Changes => ({
  typ: 'dpop+jwt',
  alg: pair.alg,
  jwk: publicJwk(pair),
})

const validClaims: Changes = {
  htm: 'GET',
  htu: uri,
  iat: now,
  jti: 'proof-1',
  ath: hash('sha256', accessToken, 'base64url'),
}

const pair = pairFor('ES256')
const stranger = pairFor('ES256')

const proofWith = (claims: Changes = {}, header: Changes = {}): string =>
  signProof(pair, { ...headerOf(pair), ...header }, { ...validClaims, ...claims })

const outcome = async (proof: string, changes: Partial<DPoPExpectations> = {}): Promise<unknown> =>
  checkDPoPProof(proof, { ...expected, ...changes }).then(
    ({ identifier }) => identifier,
    (error: unknown) => (error instanceof DPoPProofError ? error.problem : error),
  )

describe('checkDPoPProof', () => {
  it('tells what the proof says', async () => {
    expect(await checkDPoPProof(proofWith({ nonce: 'n' }), expected)).toEqual({
      thumbprint: expect.stringMatching(/^[\w-]{43}$/),
      uri,
      identifier: 'proof-1',
      issuedAt: now,
      nonce: 'n',
    })
  })

  it.each(dpopAlgorithms)('accepts %s, unless it is not among the algorithms', async (alg) => {
    const other = pairFor(alg)
    const proof = signProof(other, headerOf(other), validClaims)
    expect(await outcome(proof)).toBe('proof-1')
    const algorithms = new Set(dpopAlgorithms.filter((algorithm) => algorithm !== alg))
    expect(await outcome(proof, { algorithms })).toBe('wrong_algorithm')
  })

  it('holds nothing of the proof in its error', async () => {
    const error: unknown = await checkDPoPProof('secret', expected).catch((e: unknown) => e)
    expect(String(error)).toBe('DPoPProofError: the DPoP proof is not valid: malformed')
  })
})

const { d } = pair.privateKey.export({ format: 'jwk' })
const jwk = publicJwk(pair)
const twoDots = 'eyJhIjoxfQ.eyJhIjoxfQ.AA'

describe('the shape of a proof', () => {
  it.each([
    ['D09 two, joined', `${twoDots}, ${twoDots}`, 'malformed'],
    ['D21 more than 4 KiB', proofWith({ padding: 'x'.repeat(4 * 1024) }), 'malformed'],
    ['nothing', '', 'malformed'],
    ['two segments', 'e30.e30', 'malformed'],
    ['padding', proofWith().replace('.', '=.'), 'malformed'],
    ['a header that is no JSON', 'AAAA.e30.AA', 'malformed'],
    ['a header that is a list', 'W10.e30.AA', 'malformed'],
    ['claims that are no JSON', signProof(pair, headerOf(pair), 'x'), 'malformed'],
    ['claims that are null', signProof(pair, headerOf(pair), 'null'), 'malformed'],
    ['D22 no typ', proofWith({}, { typ: undefined }), 'wrong_type'],
    ['D22 typ JWT', proofWith({}, { typ: 'JWT' }), 'wrong_type'],
    ['D22 typ at+jwt', proofWith({}, { typ: 'at+jwt' }), 'wrong_type'],
    ['D22 typ a list', proofWith({}, { typ: ['dpop+jwt'] }), 'wrong_type'],
    ['D22 alg none', proofWith({}, { alg: 'none' }), 'wrong_algorithm'],
    ['D22 alg HS256', proofWith({}, { alg: 'HS256' }), 'wrong_algorithm'],
    ['D22 alg missing', proofWith({}, { alg: undefined }), 'wrong_algorithm'],
    ['D22 crit', proofWith({}, { crit: ['exp'], exp: 1 }), 'unsupported_header'],
    ['D22 crit b64', proofWith({}, { crit: ['b64'], b64: true }), 'unsupported_header'],
    ['D22 b64', proofWith({}, { b64: false }), 'unsupported_header'],
  ])('must not be %s', async (_, proof, problem) => {
    expect(await outcome(proof)).toBe(problem)
  })
})

describe('the key of a proof', () => {
  it.each<[string, unknown, string]>([
    ['D23 missing', undefined, 'wrong_key'],
    ['D23 null', null, 'wrong_key'],
    ['D23 text', 'x', 'wrong_key'],
    ['D23 private', { ...jwk, d }, 'wrong_key'],
    ['D23 a key with prime factors', { ...jwk, oth: [] }, 'wrong_key'],
    ['D23 a secret', { kty: 'oct', k: 'AAAA' }, 'wrong_key'],
    ['D23 a public key with a secret', { ...jwk, k: 'AAAA' }, 'wrong_key'],
    ['D23 of no type', { ...jwk, kty: undefined }, 'wrong_key'],
    ['D23 of an inherited type', { ...jwk, kty: 'toString' }, 'wrong_key'],
    ['D23 without y', { ...jwk, y: undefined }, 'wrong_key'],
    ['D23 with y a number', { ...jwk, y: 1 }, 'wrong_key'],
    ['D23 off the curve', { ...jwk, y: jwk['x'] }, 'wrong_key'],
    ['D23 on another curve', publicJwk(pairFor('ES384')), 'wrong_key'],
    ['D23 for another algorithm', publicJwk(pairFor('EdDSA')), 'wrong_key'],
    ['D24 of another caller', publicJwk(stranger), 'wrong_signature'],
  ])('must not be %s', async (_, value, problem) => {
    expect(await outcome(proofWith({}, { jwk: value }))).toBe(problem)
  })

  it('must not be RSA with less than 2048 bits or a long exponent', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 })
    const weak = { alg: 'RS256', privateKey } as const
    expect(await outcome(signProof(weak, headerOf(weak), validClaims))).toBe('wrong_signature')
    const strong = pairFor('RS256')
    const slow = { ...headerOf(strong), jwk: { ...publicJwk(strong), e: 'A'.repeat(340) + 'AQAB' } }
    expect(await outcome(signProof(strong, slow, validClaims))).toBe('wrong_key')
  })

  it('is known by its thumbprint, whatever else is said about it', async () => {
    const plain = await checkDPoPProof(proofWith(), expected)
    const talkative = { ...jwk, kid: 'k', use: 'enc', alg: 'RS256', x5u: 'https://evil.example' }
    const other = await checkDPoPProof(proofWith({}, { jwk: talkative }), expected)
    expect(other.thumbprint).toBe(plain.thumbprint)
  })
})

describe('the claims of a proof', () => {
  it.each<[string, Changes, string]>([
    ['D12 htm of another method', { htm: 'POST' }, 'wrong_method'],
    ['D12 htm in lower case', { htm: 'get' }, 'wrong_method'],
    ['D12 no htm', { htm: undefined }, 'wrong_method'],
    ['D12 htm a list', { htm: ['GET'] }, 'wrong_method'],
    ['D13 htu of another path', { htu: 'https://api.example.com/other' }, 'wrong_uri'],
    ['D13 htu missing', { htu: undefined }, 'wrong_uri'],
    ['D13 htu a list', { htu: [uri] }, 'wrong_uri'],
    ['D18 ath missing', { ath: undefined }, 'wrong_token'],
    ['D18 ath of another token', { ath: hash('sha256', 'x', 'base64url') }, 'wrong_token'],
    ['D18 ath in hexadecimal', { ath: hash('sha256', accessToken) }, 'wrong_token'],
    ['D18 ath a list', { ath: [validClaims['ath']] }, 'wrong_token'],
    ['D19 iat missing', { iat: undefined }, 'wrong_time'],
    ['D19 iat text', { iat: String(now) }, 'wrong_time'],
    ['D19 iat 61 seconds ago', { iat: now - 61 }, 'wrong_time'],
    ['D19 iat 6 seconds ahead', { iat: now + 6 }, 'wrong_time'],
    ['D20 jti missing', { jti: undefined }, 'wrong_identifier'],
    ['D20 jti a number', { jti: 1 }, 'wrong_identifier'],
    ['D20 jti empty', { jti: '' }, 'wrong_identifier'],
    ['D20 jti of 257 characters', { jti: 'x'.repeat(257) }, 'wrong_identifier'],
    ['D26 exp past', { exp: now }, 'wrong_time'],
    ['D26 exp text', { exp: String(now + 1) }, 'wrong_time'],
    ['D26 nbf ahead', { nbf: now + 6 }, 'wrong_time'],
    ['D26 nbf null', { nbf: null }, 'wrong_time'],
    ['D27 nonce a number', { nonce: 1 }, 'wrong_nonce'],
  ])('must not have %s', async (_, claims, problem) => {
    expect(await outcome(proofWith(claims))).toBe(problem)
  })

  it.each<[string, Changes]>([
    ['iat 60 seconds ago', { iat: now - 60 }],
    ['iat 5 seconds ahead', { iat: now + 5 }],
    ['exp ahead', { exp: now + 1 }],
    ['nbf past', { nbf: now }],
    ['jti of 256 characters', { jti: 'x'.repeat(256) }],
    ['another jti', { jti: 'ü' }],
  ])('may have %s', async (_, claims) => {
    expect(await outcome(proofWith(claims))).toBe(claims['jti'] ?? 'proof-1')
  })

  it.each([
    ['D19 iat', validClaims],
    ['D26 exp', { ...validClaims, iat: now - 1, exp: now }],
  ])('must have an %s that is finite', async (_, claims) => {
    const payload = JSON.stringify(claims).replace(String(now), '1e400')
    expect(await outcome(signProof(pair, headerOf(pair), payload))).toBe('wrong_time')
  })

  it('need no ath where there is no access token yet', async () => {
    expect(await outcome(proofWith({ ath: undefined }), { accessToken: undefined })).toBe('proof-1')
  })

  it('are believed only when the signature is right', async () => {
    const proof = proofWith({ htm: 'POST' })
    const forged = `${proof.slice(0, -8)}AAAAAAAA`
    expect(await outcome(forged)).toBe('wrong_signature')
  })
})

// The values that RFC 9449 prints, in sections 4.1 and 7.1.
const printedHeader =
  'eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0RscEJo' +
  'RjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19'
const printedForToken =
  `${printedHeader}.eyJqdGkiOiItQndDM0VTYzZhY2MybFRjIiwiaHRtIjoiUE9TVCIsImh0dSI6Imh0dHBzOi8vc2VydmVyLmV4YW1wbGUu` +
  'Y29tL3Rva2VuIiwiaWF0IjoxNTYyMjYyNjE2fQ.2-GxA6T8lP4vfrg8v-FdWP0A0zdrj8igiMLvqRMUvwnQg4PtFLbdLXiOSsX0x7NVY-FNyJK70' +
  'nfbV37xRZT3Lg'
const printedForResource =
  `${printedHeader}.eyJqdGkiOiJlMWozVl9iS2ljOC1MQUVCIiwiaHRtIjoiR0VUIiwiaHR1IjoiaHR0cHM6Ly9yZXNvdXJjZS5leGFtcGxl` +
  'Lm9yZy9wcm90ZWN0ZWRyZXNvdXJjZSIsImlhdCI6MTU2MjI2MjYxOCwiYXRoIjoiZlVIeU8ycjJaM0RaNTNFc05yV0JiMHhXWG9hTnk1OUlpS0NB' +
  'cWtzbVFFbyJ9.2oW9RP35yRqzhrtNP86L-Ey71EOptxRimPPToA1plemAgR6pxHF8y6-yqyVnmcw6Fy1dqd-jfxSYoMxhAJpLjA'

describe('RFC 9449', () => {
  it('section 4.1: the proof at the token endpoint', async () => {
    const proof = await checkDPoPProof(printedForToken, {
      ...expected,
      method: 'POST',
      uri: 'https://server.example.com/token',
      accessToken: undefined,
      now: 1_562_262_616,
    })
    expect(proof).toEqual({
      thumbprint: '0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I',
      uri: 'https://server.example.com/token',
      identifier: '-BwC3ESc6acc2lTc',
      issuedAt: 1_562_262_616,
      nonce: undefined,
    })
  })

  it('section 7.1: the proof at a resource, for its access token alone', async () => {
    const request = { uri: 'https://resource.example.org/protectedresource', now: 1_562_262_620 }
    expect(await outcome(printedForResource, request)).toBe('e1j3V_bKic8-LAEB')
    const other = { ...request, accessToken: 'another' }
    expect(await outcome(printedForResource, other)).toBe('wrong_token')
  })
})

describe('RFC 7638 and RFC 8037', () => {
  it('appendix A.3: the thumbprint of an Ed25519 key', async () => {
    const printed = {
      kty: 'OKP',
      crv: 'Ed25519',
      d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
      x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
    }
    const privateKey = createPrivateKey({ key: printed, format: 'jwk' })
    const other = { alg: 'EdDSA', privateKey } as const
    const proof = await checkDPoPProof(signProof(other, headerOf(other), validClaims), expected)
    expect(proof.thumbprint).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k')
  })
})
