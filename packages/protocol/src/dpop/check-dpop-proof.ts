import { calculateJwkThumbprint, compactVerify, decodeProtectedHeader } from 'jose'
import type { CompactVerifyResult, ProtectedHeaderParameters } from 'jose'
import { hash } from 'node:crypto'
import { isSameText } from '../is-same-text.js'
import { isDPoPAlgorithm } from './dpop-algorithms.js'
import type { DPoPAlgorithm } from './dpop-algorithms.js'
import { DPoPProofError } from './dpop-proof-error.js'
import { normalizeUri } from './normalize-uri.js'
import { readProofKey } from './read-proof-key.js'
import type { ProofKey } from './read-proof-key.js'

/** What a DPoP proof has to be for. */
export interface DPoPExpectations {
  /** The method of the request, exactly. */
  readonly method: string
  /** Where the request was sent, as clients see it. Query and fragment do not matter. */
  readonly uri: string
  /** The access token that came with the proof. Undefined where there is none yet, as at the token endpoint. */
  readonly accessToken?: string | undefined
  readonly algorithms: ReadonlySet<DPoPAlgorithm>
  /** The most characters that a proof and its `jti` may have. */
  readonly limits: { readonly proof: number; readonly identifier: number }
  /** How old a proof may be, in seconds. */
  readonly maxAge: number
  /** How far the clock of the client may be ahead, in seconds. */
  readonly clockTolerance: number
  /** In seconds since 1970. */
  readonly now: number
}

/** What a valid proof says. */
export interface DPoPProof {
  /** The thumbprint of the key that the caller has (RFC 7638), as in `cnf.jkt`. */
  readonly thumbprint: string
  /** What it is for, without query and fragment, so that two spellings of one URL are the same text. */
  readonly uri: string
  /** Unique among the proofs for one URI made with this key. */
  readonly identifier: string
  /** In seconds since 1970. */
  readonly issuedAt: number
  /** What the server wanted to have repeated, if anything. It is not checked. */
  readonly nonce: string | undefined
}

type Claims = Readonly<Record<string, unknown>>

interface ProofHeader {
  readonly alg: DPoPAlgorithm
  readonly jwk: unknown
}

const compactJws = /^[\w-]+\.[\w-]+\.[\w-]+$/
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function decodeHeader(proof: string, longest: number): ProtectedHeaderParameters {
  if (proof.length > longest || !compactJws.test(proof)) throw new DPoPProofError('malformed')
  try {
    return decodeProtectedHeader(proof)
  } catch {
    throw new DPoPProofError('malformed')
  }
}

function checkHeader(
  { typ, alg, jwk, crit, b64 }: ProtectedHeaderParameters,
  algorithms: DPoPExpectations['algorithms'],
): ProofHeader {
  if (typeof typ !== 'string' || !/^(?:application\/)?dpop\+jwt$/i.test(typ)) {
    throw new DPoPProofError('wrong_type')
  }
  if (!isDPoPAlgorithm(alg) || !algorithms.has(alg)) throw new DPoPProofError('wrong_algorithm')
  // RFC 7515 section 4.1.11: extensions that are not understood. None is.
  if (crit !== undefined || b64 !== undefined) throw new DPoPProofError('unsupported_header')
  return { alg, jwk }
}

async function verify(
  proof: string,
  key: ProofKey['key'],
  algorithm: DPoPAlgorithm,
): Promise<CompactVerifyResult> {
  try {
    return await compactVerify(proof, key, { algorithms: [algorithm] })
  } catch {
    throw new DPoPProofError('wrong_signature')
  }
}

function decodeClaims(payload: Uint8Array): Claims {
  try {
    const claims: unknown = JSON.parse(decoder.decode(payload))
    if (typeof claims === 'object' && claims !== null) return { ...claims }
  } catch {
    // Without its cause: a JSON parser quotes what it could not parse.
  }
  throw new DPoPProofError('malformed')
}

function readTime(value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new DPoPProofError('wrong_time')
  return value
}

function checkTimes(
  { iat, exp, nbf }: Claims,
  { now, maxAge, clockTolerance }: DPoPExpectations,
): number {
  const issuedAt = readTime(iat)
  const earliest = nbf === undefined ? issuedAt : Math.max(issuedAt, readTime(nbf))
  const latest = exp === undefined ? Infinity : readTime(exp)
  if (earliest > now + clockTolerance || now - issuedAt > maxAge || now >= latest) {
    throw new DPoPProofError('wrong_time')
  }
  return issuedAt
}

function readIdentifier({ jti }: Claims, longest: number): string {
  if (typeof jti === 'string' && jti !== '' && jti.length <= longest) return jti
  throw new DPoPProofError('wrong_identifier')
}

function checkUri({ htu }: Claims, uri: string): string {
  const wanted = normalizeUri(uri)
  if (typeof htu === 'string' && wanted !== undefined && normalizeUri(htu) === wanted) return wanted
  throw new DPoPProofError('wrong_uri')
}

function checkAccessToken({ ath }: Claims, accessToken: string | undefined): void {
  if (accessToken === undefined) return
  if (typeof ath === 'string' && isSameText(ath, hash('sha256', accessToken, 'base64url'))) return
  throw new DPoPProofError('wrong_token')
}

function checkClaims(claims: Claims, expected: DPoPExpectations): Omit<DPoPProof, 'thumbprint'> {
  if (claims['htm'] !== expected.method) throw new DPoPProofError('wrong_method')
  const uri = checkUri(claims, expected.uri)
  checkAccessToken(claims, expected.accessToken)
  const issuedAt = checkTimes(claims, expected)
  const { nonce } = claims
  if (nonce !== undefined && typeof nonce !== 'string') throw new DPoPProofError('wrong_nonce')
  const identifier = readIdentifier(claims, expected.limits.identifier)
  return { uri, identifier, issuedAt, nonce }
}

/**
 * Checks a DPoP proof, all that can be told from it alone (RFC 9449 section 4.3, items 2 to 11 and 12a). It does not
 * check whether the proof was used before, whether its nonce is a good one, or whether its key is the one that an access
 * token is bound to: compare the thumbprint.
 *
 * @throws DPoPProofError when it proves nothing.
 */
export async function checkDPoPProof(
  proof: string,
  expected: DPoPExpectations,
): Promise<DPoPProof> {
  const { algorithms, limits } = expected
  const { alg, jwk: embedded } = checkHeader(decodeHeader(proof, limits.proof), algorithms)
  const { jwk, key } = await readProofKey(embedded, alg)
  const { payload } = await verify(proof, key, alg)
  const claims = checkClaims(decodeClaims(payload), expected)
  return { thumbprint: await calculateJwkThumbprint(jwk, 'sha256'), ...claims }
}
