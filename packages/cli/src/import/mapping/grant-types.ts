import { defaultGrants } from '@bailiwick/core'
import type { ReportFinding } from '../findings.js'
import { pathBelow } from '../sources/section.js'
import type { PropertyReader } from './read-properties.js'

const offered: ReadonlySet<string> = new Set(defaultGrants.map(({ grantType }) => grantType))

const moveToCode =
  'move the client to the authorization code with PKCE, then add authorization_code'

const fixes: ReadonlyMap<string, string> = new Map([
  ['implicit', moveToCode],
  ['hybrid', moveToCode],
  ['password', 'sign users in with the authorization code, then add authorization_code'],
  [
    'urn:ietf:params:oauth:grant-type:device_code',
    'there is no device flow: keep another server for it',
  ],
  ['urn:openid:params:grant-type:ciba', 'there is no CIBA: keep another server for it'],
])

const ownGrant = 'write it as a Grant, embed the server with grants, and add it there'

/** What decides, beside its grant types, how a client gets tokens. */
export interface GrantConditions {
  readonly isPublic: boolean
  readonly allowOfflineAccess: boolean
}

/** Maps the grant types. In IdentityServer refresh tokens are none: they come with offline access. */
export function mapGrantTypes(
  { path, list }: Pick<PropertyReader, 'path' | 'list'>,
  { isPublic, allowOfflineAccess }: GrantConditions,
  report: ReportFinding,
): readonly string[] {
  const listed = list('AllowedGrantTypes') ?? []
  const pathOf = (grantType: string): string =>
    pathBelow(pathBelow(path, 'AllowedGrantTypes'), `${listed.indexOf(grantType)}`)
  const isTaken = (grantType: string): boolean => {
    if (!offered.has(grantType)) {
      const fix = fixes.get(grantType) ?? ownGrant
      report('grant-type', {
        path: pathOf(grantType),
        message: `'${grantType}' is not offered`,
        fix,
      })
      return false
    }
    if (!isPublic || grantType !== 'client_credentials') return true
    report('public-client-credentials', {
      path: pathOf(grantType),
      message: 'the client needs no secret, so it does not get client_credentials',
      fix: 'give it a secret, or let it sign users in',
    })
    return false
  }
  const taken = listed.filter(isTaken)
  const isRefreshed = allowOfflineAccess && taken.includes('authorization_code')
  return [...new Set([...taken, ...(isRefreshed ? ['refresh_token'] : [])])]
}
