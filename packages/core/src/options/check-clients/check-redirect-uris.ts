import type { ConfigurationProblem } from '@bailiwick/protocol'
import type { ApplicationType } from '../../stores/client.js'
import { problemAt } from '../problem-at.js'
import { clientDefaults } from '../register-client.js'
import type { ClientCheck } from './client-check.js'
import { redirectUriFault } from './redirect-uri-fault.js'

function checkUris(
  uris: readonly string[],
  path: string,
  applicationType: ApplicationType,
): readonly ConfigurationProblem[] {
  return uris.flatMap((uri, index) => {
    const first = uris.indexOf(uri)
    return problemAt(
      `${path}[${index}]`,
      first === index
        ? redirectUriFault(uri, applicationType)
        : `it repeats ${path}[${first}]: remove one`,
    )
  })
}

/** Finds URIs to which no browser may be sent, and clients that cannot be answered. */
export const checkRedirectUris: ClientCheck = (client, path) => {
  const {
    redirectUris = [],
    postLogoutRedirectUris = [],
    applicationType = clientDefaults.applicationType,
    allowedGrantTypes,
  } = client
  const missing =
    redirectUris.length === 0 && allowedGrantTypes.includes('authorization_code')
      ? 'a client with authorization_code needs at least one: add where it is called back'
      : undefined
  return [
    ...problemAt(`${path}.redirectUris`, missing),
    ...checkUris(redirectUris, `${path}.redirectUris`, applicationType),
    ...checkUris(postLogoutRedirectUris, `${path}.postLogoutRedirectUris`, applicationType),
  ]
}
