import type { ResourceCase } from './cases.js'

/** What a case is about that Bailiwick does not do, on purpose. */
const excluded: readonly (readonly [reason: string, (entry: ResourceCase) => boolean])[] = [
  [
    'the password grant (RFC 9700 section 2.4)',
    ({ request }) => request.params?.['grant_type'] === 'password',
  ],
  ['licence switches', ({ topic }) => topic === 'license'],
  [
    'a store of disabled resources: the index holds what can be requested',
    ({ id }) => id === 'uniq-09',
  ],
  ['tokens without jti, which RFC 9068 section 2.2 requires', ({ id }) => id === 'tkn-05'],
]

/** What a case needs that the server does not have. */
const beyond: readonly (readonly [need: string, (entry: ResourceCase) => boolean])[] = [
  [
    'sender-constrained tokens',
    ({ id, topic }) => topic === 'dpop' || id === 'cc-03' || id.startsWith('dpop-'),
  ],
  [
    'device authorization',
    ({ request }) =>
      request.endpoint === 'device_authorization' ||
      String(request.params?.['grant_type']).endsWith('device_code'),
  ],
  [
    'backchannel authentication',
    ({ request }) => request.endpoint === 'backchannel_authentication',
  ],
]

const firstOf = (
  entry: ResourceCase,
  rules: readonly (readonly [string, (entry: ResourceCase) => boolean])[],
): string | undefined => rules.find(([, applies]) => applies(entry))?.[0]

/** Whether a case runs, and why it does not. */
export function triage(entry: ResourceCase): string {
  const reason = firstOf(entry, excluded)
  if (reason !== undefined) return `excluded: ${reason}`
  const need = firstOf(entry, beyond)
  return need === undefined ? 'runs' : `needs ${need}`
}
