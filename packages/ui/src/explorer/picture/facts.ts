import type { Client } from '@bailiwick/core'
import type { ApiResource, ApiScope } from '@bailiwick/protocol'
import type { Fact } from './entry.js'

/** A fact, if there is something to say. */
function fact(label: string, text: string | undefined): readonly Fact[] {
  return text === undefined || text === '' ? [] : [{ label, text }]
}

const list = (values: readonly string[] | undefined): string | undefined => values?.join(', ')

const when = (isSo: boolean, text: string): string | undefined => (isSo ? text : undefined)

const seconds = (value: number | undefined): string | undefined =>
  value === undefined ? undefined : `${value} seconds`

/** What the picture says of a client. Secrets, URIs and properties stay out. */
export const clientFacts = (client: Client): readonly Fact[] => [
  ...fact('Grant types', list(client.allowedGrantTypes)),
  ...fact('Refresh tokens', when(client.allowOfflineAccess === true, 'allowed')),
  ...fact('Default scopes', list(client.defaultScopes)),
  ...fact('Only for', list(client.allowedResources)),
  ...fact('Consent', when(client.requireConsent === true, 'users are asked')),
  ...fact('Access tokens', client.accessTokenType),
  ...fact('They live for', seconds(client.accessTokenLifetime)),
]

/** What the picture says of a scope. */
export const scopeFacts = ({ description, parameter, implies }: ApiScope): readonly Fact[] => [
  ...fact('Description', description),
  ...fact('Includes', list(implies)),
  ...fact('Parameter', parameter && `after '${parameter.separator ?? ':'}'`),
  ...fact('Parameter matches', parameter?.pattern),
]

/** What the picture says of an API resource. */
export const apiFacts = (api: ApiResource): readonly Fact[] => [
  ...fact('Description', api.description),
  ...fact('Algorithms', list(api.allowedAccessTokenSigningAlgorithms)),
  ...fact(
    'Isolated',
    when(
      api.requireResourceIndicator === true,
      `name it: resource=${api.name}. Then it is the only audience.`,
    ),
  ),
]

/** What the picture says of an identity resource. */
export const identityFacts = ({
  description,
}: {
  readonly description?: string
}): readonly Fact[] => fact('Description', description)
