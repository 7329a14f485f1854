import type { Binding } from '../sender-constraints/prove-binding.js'
import { reject } from './requirement.js'
import type { Requirement } from './requirement.js'

const kindsByMethod = {
  dpop: ['dpop', 'dpop+mtls'],
  mtls: ['mtls', 'dpop+mtls'],
} as const satisfies Readonly<Record<string, readonly Binding['kind'][]>>

type Method = keyof typeof kindsByMethod

function readMethod(methods: readonly unknown[]): Method | undefined {
  const [method, ...others] = methods
  if (others.length === 0 && (method === undefined || method === 'dpop' || method === 'mtls')) {
    return method
  }
  return reject('senderConstrained', "the method is 'dpop', 'mtls' or left out")
}

/**
 * Needs a token that is of no use to whoever steals it: one that is bound to a key (`'dpop'`, RFC 9449), to a certificate
 * (`'mtls'`, RFC 8705), or to either. For routes that need more than the `dpop` and `mtls` of the API. Refused with 401
 * `invalid_token`.
 *
 * @throws ConfigurationError for another method.
 */
export function senderConstrained(
  ...methods: readonly [method?: 'dpop' | 'mtls']
): Requirement<never> {
  const method = readMethod(methods)
  const kinds: readonly Binding['kind'][] =
    method === undefined ? ['dpop', 'mtls', 'dpop+mtls'] : kindsByMethod[method]
  const reason = method === 'mtls' ? 'no_certificate_binding' : 'no_key_binding'
  return {
    scopes: [],
    advertised: [],
    findUnmet: ({ binding }) => (kinds.includes(binding.kind) ? undefined : { reason }),
  }
}
