import { dpopAlgorithms } from '@bailiwick/protocol'
import { isWebResource } from '../metadata/metadata-url.js'
import { createMemoryReplayStore } from '../sender-constraints/memory-replay-store.js'
import { createNonces } from '../sender-constraints/nonces.js'
import type { Nonces } from '../sender-constraints/nonces.js'
import type { SenderConstraints } from '../sender-constraints/prove-binding.js'
import type { DPoPSettings } from '../sender-constraints/prove-possession.js'
import type { PublicOrigin } from '../sender-constraints/request-uri.js'
import { createProofSpender } from '../sender-constraints/spend-proof.js'
import { complete } from './complete.js'
import { profileOf } from './profiles.js'
import type { ResourceServerOptions } from './resource-server-options.js'
import type { DPoPOptions } from './sender-constraint-options.js'
import type { SettledOptions } from './trust-issuer.js'

const dpopDefaults = {
  mode: 'accept',
  maxAge: 60,
  replayTimeout: 1,
  advertise: false,
} as const satisfies DPoPOptions

type DPoPDefaults = DPoPOptions & Required<Pick<DPoPOptions, keyof typeof dpopDefaults>>

const nonceLifetime = 300

/** How far the clock of a client may be ahead, in seconds. */
const clockTolerance = 5

/** Where every token has to be bound, and only to a key it can be, clients have to know. */
function defaultsOf(options: ResourceServerOptions): DPoPDefaults {
  const { algorithms, unboundTokens } = profileOf(options)
  if (unboundTokens === 'accepted') return dpopDefaults
  const [first, ...others] = dpopAlgorithms.filter((proof) =>
    algorithms.some((allowed) => allowed === proof),
  )
  const mode = options.mtls === undefined ? 'require' : 'accept'
  return {
    ...dpopDefaults,
    mode,
    advertise: true,
    ...(first && { algorithms: [first, ...others] }),
  }
}

function dpopOptionsOf({ dpop = {} }: ResourceServerOptions): DPoPOptions {
  return typeof dpop === 'string' ? { mode: dpop } : dpop
}

/** Undefined when nobody has said where the API is, and nobody has asked for DPoP, which cannot work then. */
function publicOriginOf({
  resource,
  publicOrigin,
}: ResourceServerOptions): PublicOrigin | undefined {
  if (typeof publicOrigin === 'function') return publicOrigin
  if (publicOrigin !== undefined) return () => publicOrigin
  if (!isWebResource(resource)) return undefined
  const { origin } = new URL(resource)
  return () => origin
}

function noncesOf({ nonce }: DPoPOptions, { resource, now }: SettledOptions): Nonces | undefined {
  if (nonce === undefined) return undefined
  const { secrets, lifetime = nonceLifetime } = nonce
  return createNonces({ secrets, lifetime, resource, now })
}

function dpopSettings(options: SettledOptions): DPoPSettings | undefined {
  const { limits, now } = options
  const wanted = complete(dpopOptionsOf(options), defaultsOf(options))
  const { mode, maxAge, replayTimeout, advertise, algorithms = dpopAlgorithms } = wanted
  const publicOrigin = publicOriginOf(options)
  if (mode === 'reject' || publicOrigin === undefined) return undefined
  const { replayStore = createMemoryReplayStore({ now }) } = wanted
  return {
    mode,
    advertise: advertise || mode === 'require',
    algorithms: new Set(algorithms),
    limits,
    maxAge,
    clockTolerance,
    publicOrigin,
    nonces: noncesOf(wanted, options),
    spend: createProofSpender(replayStore, replayTimeout),
    now,
  }
}

/** Settles how callers prove that a token was issued to them. */
export function constrainSenders(options: SettledOptions): SenderConstraints {
  const { mtls, emit } = options
  return {
    dpop: dpopSettings(options),
    mtls: mtls && { ...mtls, mode: mtls.mode ?? 'accept' },
    unbound: profileOf(options).unboundTokens,
    emit,
  }
}
