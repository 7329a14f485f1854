import type { Client } from '@bailiwick/core'
import type { LintRule } from '../lint-rule.js'
import { actsForUsers } from '../reach.js'

interface Setting {
  readonly member: keyof Client
  readonly needs: string
  readonly hasEffect: (client: Client) => boolean
}

const rotates = ({ requireClientSecret, refreshTokenUsage }: Client): boolean =>
  (refreshTokenUsage ?? (requireClientSecret === false ? 'oneTimeOnly' : 'reUse')) === 'oneTimeOnly'

/** An absolute lifetime of 0 stands for no end. */
const slides = ({
  refreshTokenExpiration,
  slidingRefreshTokenLifetime = 0,
  absoluteRefreshTokenLifetime = 0,
}: Client): boolean =>
  refreshTokenExpiration === 'sliding' &&
  slidingRefreshTokenLifetime < (absoluteRefreshTokenLifetime || Infinity)

const asksUsers = (client: Client): boolean =>
  client.requireConsent === true && actsForUsers(client)

const settings: readonly Setting[] = [
  {
    member: 'slidingRefreshTokenLifetime',
    needs: "refreshTokenExpiration 'sliding', and fewer seconds than absoluteRefreshTokenLifetime",
    hasEffect: slides,
  },
  {
    member: 'refreshTokenReuseInterval',
    needs: "refreshTokenUsage 'oneTimeOnly'",
    hasEffect: rotates,
  },
  { member: 'requireConsent', needs: 'a grant with a user', hasEffect: actsForUsers },
  { member: 'allowRememberConsent', needs: 'requireConsent', hasEffect: asksUsers },
  { member: 'consentLifetime', needs: 'requireConsent', hasEffect: asksUsers },
  { member: 'defaultScopes', needs: 'a grant with a user', hasEffect: actsForUsers },
  { member: 'userSsoLifetime', needs: 'a grant with a user', hasEffect: actsForUsers },
  {
    member: 'identityTokenLifetime',
    needs: "'openid' in allowedScopes and a grant with a user",
    hasEffect: (client) =>
      actsForUsers(client) && client.allowedScopes?.includes('openid') === true,
  },
  {
    member: 'alwaysIncludeUserClaimsInIdToken',
    needs: "'openid' in allowedScopes and a grant with a user",
    hasEffect: (client) =>
      actsForUsers(client) && client.allowedScopes?.includes('openid') === true,
  },
  {
    member: 'claims',
    needs: 'client_credentials, or alwaysSendClientClaims',
    hasEffect: ({ allowedGrantTypes, alwaysSendClientClaims }) =>
      alwaysSendClientClaims === true || allowedGrantTypes.includes('client_credentials'),
  },
]

/** Settings that say what holds anyway are no mistake. */
const isOff = (value: unknown): boolean => value === undefined || value === false

/** Finds settings of clients that change nothing because of another. */
export const settingWithoutEffect: LintRule = {
  id: 'setting-without-effect',
  severity: 'warning',
  title: 'a setting of a client that changes nothing',
  why: 'Somebody who wrote it expects something of it. It takes effect only together with another setting, which is missing.',
  check: ({ clients }) =>
    clients.flatMap(({ path, value: client }) =>
      settings
        .filter(({ member, hasEffect }) => !isOff(client[member]) && !hasEffect(client))
        .map(({ member, needs }) => ({
          path: `${path}.${member}`,
          message: `${member} has no effect on client '${client.clientId}': it needs ${needs}`,
          fix: `add what it needs, or remove ${member}`,
        })),
    ),
}
