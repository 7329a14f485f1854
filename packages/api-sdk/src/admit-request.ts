import type { HttpResponse } from '@bailiwick/protocol'
import { readCredentials } from './credentials/read-credentials.js'
import type { Credentials } from './credentials/read-credentials.js'
import { Refusal } from './errors/refusal.js'
import type { ResourceServerSettings } from './options/resolve-options.js'
import type { RequestFacts } from './request-facts.js'
import type { GrantedAccess, Requirement } from './requirements/requirement.js'
import { proveBinding } from './sender-constraints/prove-binding.js'
import type { Binding } from './sender-constraints/prove-binding.js'
import type { VerifiedToken } from './tokens/check-claims.js'
import type { Claims } from './tokens/decode-token.js'
import { nameIssuer } from './tokens/name-issuer.js'
import { verifyToken } from './tokens/verify-token.js'

/** A token as it was presented: with a request, or without one, e.g. from a queue. */
export interface PresentedToken extends Credentials {
  readonly request: RequestFacts | undefined
}

/** A caller whose token is good. */
export interface AdmittedCaller<ClaimTypes extends object = object> {
  readonly verified: VerifiedToken
  /** The claims of the token, with what the schema made of them. */
  readonly claims: Claims & ClaimTypes
  readonly binding: Binding
  readonly request: RequestFacts | undefined
  /** What the response has to say, whoever writes it. */
  readonly responseHeaders: HttpResponse['headers']
}

/** What a requirement may look at, with the time of the question: what was recent at the guard may not be any more. */
export function accessOf(
  { verified, claims, binding, request }: AdmittedCaller,
  { policy: { now, clockTolerance } }: ResourceServerSettings,
): GrantedAccess {
  // Named one by one, because that takes a tenth of the time that copying all of them does.
  const { subject, clientId, scopes, authorizationDetails, shape } = verified
  return {
    subject,
    clientId,
    scopes,
    authorizationDetails,
    claims,
    shape,
    binding,
    request,
    now: now(),
    clockTolerance,
  }
}

/** Refuses a caller who does not meet a requirement. */
export function checkRequirement(
  requirement: Requirement | undefined,
  caller: AdmittedCaller,
  settings: ResourceServerSettings,
): void {
  const unmet = requirement?.findUnmet(accessOf(caller, settings))
  if (unmet === undefined) return
  const { reason, ...details } = unmet
  const { verified, responseHeaders } = caller
  throw new Refusal(reason, { scopes: [], ...details, issuer: verified.issuer, responseHeaders })
}

/**
 * Decides whether a token may pass. The order matters: what is cheap and local comes first, what asks the network later,
 * and what leaves a mark last.
 */
async function admit<ClaimTypes extends object>(
  { token, scheme, request }: PresentedToken,
  { policy, constraints, checkRevocation, parseClaims }: ResourceServerSettings<ClaimTypes>,
): Promise<AdmittedCaller<ClaimTypes>> {
  const found = verifyToken(token, policy)
  const verified = found instanceof Promise ? await found : found
  const proof = proveBinding(verified, { scheme, request }, constraints)
  const { binding, responseHeaders } = proof instanceof Promise ? await proof : proof
  const asked = checkRevocation(verified)
  if (asked instanceof Promise) await asked
  const parsed = parseClaims(verified.claims)
  const claims = parsed instanceof Promise ? await parsed : parsed
  return { verified, claims, binding, request, responseHeaders }
}

/** Decides whether a token may pass, and says in events whose tokens are refused. */
export function admitToken<ClaimTypes extends object>(
  presented: PresentedToken,
  settings: ResourceServerSettings<ClaimTypes>,
): Promise<AdmittedCaller<ClaimTypes>> {
  const admitted = admit(presented, settings)
  if (!settings.isHeard()) return admitted
  return admitted.catch((thrown: unknown) => {
    throw nameIssuer(thrown, presented.token, settings.policy)
  })
}

/** Decides whether a request may pass, and what needs it meets. */
export async function admitRequest<ClaimTypes extends object>(
  request: RequestFacts,
  requirement: Requirement | undefined,
  settings: ResourceServerSettings<ClaimTypes>,
): Promise<AdmittedCaller<ClaimTypes>> {
  const found = readCredentials(request, settings)
  const credentials = found instanceof Promise ? await found : found
  const { scheme, token } = credentials
  const caller = await admitToken({ scheme, token, request }, settings)
  checkRequirement(requirement, caller, settings)
  if (credentials.responseHeaders === undefined) return caller
  const responseHeaders = { ...caller.responseHeaders, ...credentials.responseHeaders }
  return { ...caller, responseHeaders }
}
