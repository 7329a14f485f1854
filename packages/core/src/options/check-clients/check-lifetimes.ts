import { problemAt } from '../problem-at.js'
import { clientDefaults } from '../register-client.js'
import { secondsFault } from '../seconds-fault.js'
import type { ClientCheck } from './client-check.js'

const lifetimes = [
  ['accessTokenLifetime', {}],
  // RFC 6749 section 4.1.2 recommends 10 minutes at most.
  ['authorizationCodeLifetime', { most: 600 }],
  ['identityTokenLifetime', {}],
  // For so long nobody notices that a refresh token was stolen and used.
  ['refreshTokenReuseInterval', { least: 0, most: 60 }],
  ['absoluteRefreshTokenLifetime', { least: 0 }],
  ['slidingRefreshTokenLifetime', {}],
  ['consentLifetime', {}],
  ['userSsoLifetime', {}],
] as const

/** Finds lifetimes that are none, or too long to be safe. */
export const checkLifetimes: ClientCheck = (client, path) => {
  const { refreshTokenExpiration = clientDefaults.refreshTokenExpiration } = client
  const endless =
    client.absoluteRefreshTokenLifetime === 0 && refreshTokenExpiration === 'absolute'
      ? "0, which means no end, is for refreshTokenExpiration 'sliding': set that, or a number of seconds"
      : undefined
  return [
    ...lifetimes.flatMap(([name, range]) =>
      problemAt(`${path}.${name}`, secondsFault(client[name], range)),
    ),
    ...problemAt(`${path}.absoluteRefreshTokenLifetime`, endless),
  ]
}
