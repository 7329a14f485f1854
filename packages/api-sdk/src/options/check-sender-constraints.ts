import { dpopAlgorithms, isDPoPAlgorithm } from '@bailiwick/protocol'
import type { ConfigurationProblem } from '@bailiwick/protocol'
import { isRecord } from '../is-record.js'
import { isWebResource } from '../metadata/metadata-url.js'
import { isSecureUrl } from '../secure-url.js'
import {
  callable,
  check,
  flag,
  listOf,
  members,
  oneOf,
  optional,
  seconds,
  withMethods,
} from './checks.js'
import type { Check } from './checks.js'
import type { ResourceServerOptions } from './resource-server-options.js'
import type {
  DPoPMode,
  DPoPNonceOptions,
  DPoPOptions,
  MtlsOptions,
} from './sender-constraint-options.js'

type ChecksOf<Options> = { readonly [Name in keyof Options]-?: Check }

const dpopModes = ['reject', 'accept', 'require'] as const satisfies readonly DPoPMode[]
const mtlsModes = ['accept', 'require'] as const satisfies readonly MtlsOptions['mode'][]

const nonceChecks: ChecksOf<DPoPNonceOptions> = {
  secrets: listOf(
    check(
      (value) => typeof value === 'string' && value.length >= 32,
      'a secret of at least 32 characters is needed',
    ),
  ),
  lifetime: optional(seconds(1, 24 * 3600)),
}

const dpopChecks: ChecksOf<DPoPOptions> = {
  mode: optional(oneOf(dpopModes)),
  algorithms: optional(
    listOf(check(isDPoPAlgorithm, `one of ${dpopAlgorithms.join(', ')} is needed`)),
  ),
  maxAge: optional(seconds(1, 3600)),
  nonce: optional(members(nonceChecks)),
  replayStore: optional(withMethods(['putIfAbsent'])),
  replayTimeout: optional(seconds(0.01, 60)),
  advertise: optional(flag),
}

/** Checks `dpop`. */
export const dpop: Check = (value, path) =>
  isRecord(value) ? members(dpopChecks)(value, path) : oneOf(dpopModes)(value, path)

const mtlsChecks: ChecksOf<MtlsOptions> = {
  mode: optional(oneOf(mtlsModes)),
  certificate: callable,
}

/** Checks `mtls`. */
export const mtls: Check = members(mtlsChecks)

/** Checks `publicOrigin`. */
export const publicOrigin: Check = check(
  (value) =>
    typeof value === 'function' ||
    (typeof value === 'string' && isSecureUrl(value) && new URL(value).origin === value),
  'scheme, host and port are needed, without slash at the end, or a function; http only works on loopback hosts',
)

/** Finds out why proofs could not be compared with the address they are for. */
export function checkOrigin(options: ResourceServerOptions): readonly ConfigurationProblem[] {
  const { resource, dpop: wanted } = options
  const mode = typeof wanted === 'object' ? (wanted.mode ?? 'accept') : wanted
  if (mode === undefined || mode === 'reject') return []
  if (options.publicOrigin !== undefined || isWebResource(resource)) return []
  const message = `it is needed for DPoP, because '${resource}' does not say where this API is`
  return [{ path: 'publicOrigin', message }]
}
