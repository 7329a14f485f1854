import type { HttpResponse } from '@bailiwick/protocol'
import type { PresentedToken } from '../admit-request.js'
import { Refusal } from '../errors/refusal.js'
import type { EventListener } from '../events.js'
import type { RequestFacts } from '../request-facts.js'
import type { VerifiedToken } from '../tokens/check-claims.js'
import { proveCertificate } from './prove-certificate.js'
import type { MtlsSettings } from './prove-certificate.js'
import { provePossession } from './prove-possession.js'
import type { DPoPSettings } from './prove-possession.js'
import { readConfirmation } from './read-confirmation.js'
import type { Confirmation } from './read-confirmation.js'

/** What besides the token the caller has proven to hold: nothing, a key (RFC 9449), a certificate (RFC 8705), or both. */
export interface Binding {
  readonly kind: 'none' | 'dpop' | 'mtls' | 'dpop+mtls'
}

/** How callers prove that a token was issued to them. */
export interface SenderConstraints {
  /** Undefined: nobody can prove to have a key. */
  readonly dpop: DPoPSettings | undefined
  /** Undefined: nobody can prove to have a certificate. */
  readonly mtls: MtlsSettings | undefined
  /** What becomes of tokens that are bound to neither. */
  readonly unbound: 'accepted' | 'refused'
  readonly emit: EventListener
}

/** A binding that was proven, and what the response has to say because of it. */
export interface ProvenBinding {
  readonly binding: Binding
  readonly responseHeaders: HttpResponse['headers']
}

type Presentation = Pick<PresentedToken, 'scheme' | 'request'>

const noHeaders: HttpResponse['headers'] = Object.freeze({})

const bindings = {
  none: Object.freeze({ kind: 'none' }),
  dpop: Object.freeze({ kind: 'dpop' }),
  mtls: Object.freeze({ kind: 'mtls' }),
  'dpop+mtls': Object.freeze({ kind: 'dpop+mtls' }),
} as const satisfies Readonly<Record<Binding['kind'], Binding>>

function bindingOf({ keyThumbprint, certificateThumbprint }: Confirmation): Binding {
  if (keyThumbprint === undefined) {
    return certificateThumbprint === undefined ? bindings.none : bindings.mtls
  }
  return certificateThumbprint === undefined ? bindings.dpop : bindings['dpop+mtls']
}

/** Refuses a token that is bound to less than the API or the way it was presented asks for. */
function checkStrength(
  { keyThumbprint, certificateThumbprint }: Confirmation,
  { scheme }: Presentation,
  { dpop, mtls, unbound }: SenderConstraints,
): void {
  const needsKey = scheme === 'DPoP' || dpop?.mode === 'require'
  if (needsKey && keyThumbprint === undefined) throw new Refusal('no_key_binding')
  if (mtls?.mode === 'require' && certificateThumbprint === undefined) {
    throw new Refusal('no_certificate_binding')
  }
  const isUnbound = keyThumbprint === undefined && certificateThumbprint === undefined
  if (isUnbound && unbound === 'refused') {
    throw new Refusal(dpop === undefined ? 'no_certificate_binding' : 'no_key_binding')
  }
}

/** Refuses a token that is bound to a key and was presented as a bearer token (RFC 9449 section 7.2). */
function dpopFor({ scheme }: Presentation, { dpop }: SenderConstraints): DPoPSettings {
  if (scheme === 'DPoP' && dpop !== undefined) return dpop
  throw new Refusal('binding_required')
}

function requireRequest(request: RequestFacts | undefined): RequestFacts {
  if (request === undefined) throw new Refusal('binding_required')
  return request
}

/**
 * Checks that whoever presents a token is whom it was issued to. A bound token that is accepted without its proof is a
 * bearer token (RFC 9449 section 7.2, RFC 8705 section 3), so that each thing it is bound to has to be proven, whatever the
 * options say.
 */
export function proveBinding(
  { token, claims }: VerifiedToken,
  presentation: Presentation,
  constraints: SenderConstraints,
): ProvenBinding | Promise<ProvenBinding> {
  const confirmation = readConfirmation(claims)
  checkStrength(confirmation, presentation, constraints)
  const { keyThumbprint, certificateThumbprint } = confirmation
  const binding = bindingOf(confirmation)
  if (certificateThumbprint !== undefined) {
    const request = requireRequest(presentation.request)
    proveCertificate({ thumbprint: certificateThumbprint, request }, constraints.mtls)
  }
  if (keyThumbprint === undefined) {
    if (presentation.request?.headers['dpop'] !== undefined) {
      constraints.emit({ type: 'proof_ignored' })
    }
    return { binding, responseHeaders: noHeaders }
  }
  const request = requireRequest(presentation.request)
  const dpop = dpopFor(presentation, constraints)
  return provePossession({ token, thumbprint: keyThumbprint, request }, dpop).then(
    (responseHeaders = noHeaders) => ({ binding, responseHeaders }),
  )
}
