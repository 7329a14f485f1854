import { generateSigningKey, sha256 } from '@bailiwick/core'
import type { AuthorizationServerOptions } from '@bailiwick/core'

/** How much is configured. */
export interface CatalogueSize {
  readonly apiScopes: number
  readonly apiResources: number
}

const numbers = (count: number): readonly number[] => [...Array(count).keys()]

const scopeName = (index: number): string => `api.scope.${index}`

/** Credentials of the one client of a catalogue. */
export const credentials = { clientId: 'bench', clientSecret: 'secret' } as const

/** A server with that many API scopes, dealt out evenly to the API resources, and a client that may have all. */
export function catalogueOf({
  apiScopes,
  apiResources,
}: CatalogueSize): AuthorizationServerOptions {
  const scopes = numbers(apiScopes).map(scopeName)
  const share = apiScopes / apiResources
  return {
    issuer: 'http://127.0.0.1',
    resources: {
      apiScopes: scopes,
      apiResources: numbers(apiResources).map((index) => ({
        name: `urn:api:${index}`,
        scopes: scopes.slice(index * share, (index + 1) * share),
      })),
    },
    clients: [
      {
        clientId: credentials.clientId,
        clientSecrets: [{ value: sha256(credentials.clientSecret) }],
        allowedGrantTypes: ['client_credentials'],
        allowedScopes: scopes,
      },
    ],
    signingKeys: [generateSigningKey('ES256')],
  }
}

const scopesPerRequest = 5

// Prime to the sizes in use, so that requests come by every scope, and so that neighbours in a request are none in the
// catalogue.
const stride = 7919

/** The `scope` parameters of successive requests, which together ask for the first `scopes` of a catalogue. */
export function scopeParameters(requests: number, scopes: number): readonly string[] {
  return numbers(requests).map((request) =>
    numbers(scopesPerRequest)
      .map((index) => scopeName(((request * scopesPerRequest + index) * stride) % scopes))
      .join(' '),
  )
}
