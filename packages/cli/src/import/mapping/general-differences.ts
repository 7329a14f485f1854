import type { Client } from '@bailiwick/core'
import type { ReportFinding } from '../findings.js'
import { childOf } from '../sources/section.js'
import type { Draft, DraftEntry } from './draft.js'

/** Names as many as people read. */
function namesOf(names: readonly string[]): string {
  const shown = names.slice(0, 3).map((name) => `'${name}'`)
  const more = names.length - shown.length
  return [...shown, ...(more > 0 ? [`${more} more`] : [])].join(', ')
}

const isRefreshed = ({ value }: DraftEntry<Client>): boolean =>
  value.allowedGrantTypes.includes('refresh_token')

const keepsClaims = ({ source }: DraftEntry<Client>): boolean =>
  !/^(?:true|1)$/i.test(childOf(source, 'UpdateAccessTokenClaimsOnRefresh')?.text ?? '')

const isUsedOnce = ({ value }: DraftEntry<Client>): boolean =>
  value.refreshTokenUsage === 'oneTimeOnly' || value.requireClientSecret === false

const idsOf = (entries: readonly DraftEntry<Client>[]): readonly string[] =>
  entries.map(({ value }) => value.clientId)

/** Reports what is different for many entries, once each. */
export function reportGeneralDifferences(
  { clients, apiResources }: Draft,
  report: ReportFinding,
): void {
  const refreshed = clients.filter(isRefreshed)
  const differences = [
    [
      'claims-on-refresh',
      'Clients',
      idsOf(refreshed.filter(keepsClaims)),
      'see that claims that change are welcome',
    ],
    [
      'refresh-token-replay',
      'Clients',
      idsOf(refreshed.filter(isUsedOnce)),
      'see that the clients never use one twice',
    ],
    [
      'redirect-uri-case',
      'Clients',
      idsOf(clients.filter(({ value }) => value.redirectUris !== undefined)),
      'see that the clients send what is registered, character by character',
    ],
    [
      'introspection-audience',
      'ApiResources',
      apiResources
        .filter(({ value }) => value.secrets !== undefined)
        .map(({ value }) => value.name),
      'see that each API is asked with a token that is for it',
    ],
  ] as const
  for (const [ruleId, path, names, fix] of differences) {
    if (names.length > 0) report(ruleId, { path, message: namesOf(names), fix })
  }
  report('outside-configuration', {
    path: 'IdentityServer',
    message: 'it is not read',
    fix: 'let users sign in again, and write in TypeScript what was C#',
  })
}
