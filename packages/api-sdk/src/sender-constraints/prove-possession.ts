import { checkDPoPProof, DPoPProofError, isSameText } from '@bailiwick/protocol'
import type { DPoPAlgorithm, DPoPProof, HttpResponse } from '@bailiwick/protocol'
import { Refusal } from '../errors/refusal.js'
import type { Limits } from '../options/limit-options.js'
import type { RequestFacts } from '../request-facts.js'
import type { Nonces } from './nonces.js'
import { requestUri } from './request-uri.js'
import type { PublicOrigin } from './request-uri.js'
import type { SpendProof } from './spend-proof.js'

/** How DPoP proofs are checked. */
export interface DPoPSettings {
  readonly mode: 'accept' | 'require'
  /** Whether clients without a token are told of DPoP. */
  readonly advertise: boolean
  readonly algorithms: ReadonlySet<DPoPAlgorithm>
  readonly limits: Pick<Limits, 'proof' | 'identifier'>
  /** In seconds. */
  readonly maxAge: number
  /** In seconds. */
  readonly clockTolerance: number
  readonly publicOrigin: PublicOrigin
  /** Undefined: clients need not repeat any. */
  readonly nonces: Nonces | undefined
  readonly spend: SpendProof
  /** In seconds since 1970. */
  readonly now: () => number
}

/** Who says to have which key. */
export interface KeyClaim {
  readonly token: string
  /** Of the key the token is bound to. */
  readonly thumbprint: string
  readonly request: RequestFacts
}

function readProof({ headers }: RequestFacts): string {
  const { dpop: field } = headers
  if (field === undefined) throw new Refusal('proof_missing')
  if (typeof field !== 'string') throw new Refusal('proof_repeated')
  return field
}

async function checkProof(
  { token, request }: KeyClaim,
  settings: DPoPSettings,
): Promise<DPoPProof> {
  const { algorithms, limits, maxAge, clockTolerance, publicOrigin, now } = settings
  try {
    return await checkDPoPProof(readProof(request), {
      method: request.method,
      uri: requestUri(request, publicOrigin),
      accessToken: token,
      algorithms,
      limits,
      maxAge,
      clockTolerance,
      now: now(),
    })
  } catch (thrown) {
    throw thrown instanceof DPoPProofError ? new Refusal(`proof_${thrown.problem}`) : thrown
  }
}

const nonceHeaders = ({ create }: Nonces): HttpResponse['headers'] => ({
  'dpop-nonce': create(),
  'access-control-expose-headers': 'DPoP-Nonce',
})

/** Asks for a new proof unless this one repeats a nonce, and gives the client the next. */
function checkNonce(
  { nonce }: DPoPProof,
  nonces: Nonces | undefined,
): HttpResponse['headers'] | undefined {
  if (nonces === undefined) return undefined
  const headers = nonceHeaders(nonces)
  if (nonce !== undefined && nonces.isGood(nonce)) return headers
  throw new Refusal('nonce_required', { responseHeaders: headers })
}

/**
 * Checks that the caller has the key a token is bound to, by the DPoP proof of the request (RFC 9449 sections 4.3 and 7.2).
 * Only a proof that is good in every other way is used up, so that a failed attempt neither fills the store nor spoils the
 * proof of somebody else. Returns the header fields that the response needs.
 */
export async function provePossession(
  claim: KeyClaim,
  settings: DPoPSettings,
): Promise<HttpResponse['headers'] | undefined> {
  const proof = await checkProof(claim, settings)
  if (!isSameText(proof.thumbprint, claim.thumbprint)) throw new Refusal('binding_mismatch')
  const responseHeaders = checkNonce(proof, settings.nonces)
  await settings.spend({
    proof,
    expiresAt: proof.issuedAt + settings.maxAge + settings.clockTolerance,
    source: claim.request.source,
  })
  return responseHeaders
}
