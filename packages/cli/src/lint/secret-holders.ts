import type { Secret } from '@bailiwick/protocol'
import type { Entry, LintSubject } from './lint-subject.js'

/** A client or an API, and the secrets with which it authenticates. */
export interface SecretHolder {
  /** What it is called: `client 'web'`. */
  readonly title: string
  readonly name: string
  /** Where its secrets are: `clients[0].clientSecrets`. */
  readonly path: string
  readonly secrets: readonly Entry<Secret>[]
}

const entriesAt = (path: string, secrets: readonly Secret[] = []): readonly Entry<Secret>[] =>
  secrets.map((value, index) => ({ path: `${path}[${index}]`, value }))

/** Everybody who authenticates with secrets. Public clients do not, whatever secrets they have. */
export function secretHolders({ clients, apiResources }: LintSubject): readonly SecretHolder[] {
  const confidential = clients.filter(({ value }) => value.requireClientSecret !== false)
  return [
    ...confidential.map(({ path, value: { clientId, clientSecrets } }) => ({
      title: `client '${clientId}'`,
      name: clientId,
      path: `${path}.clientSecrets`,
      secrets: entriesAt(`${path}.clientSecrets`, clientSecrets),
    })),
    ...apiResources.map(({ path, value: { name, secrets } }) => ({
      title: `API '${name}'`,
      name,
      path: `${path}.secrets`,
      secrets: entriesAt(`${path}.secrets`, secrets),
    })),
  ].filter(({ secrets }) => secrets.length > 0)
}

/** When a secret stops being accepted, in milliseconds since the epoch. */
export const expiryOf = ({ value: { expiration } }: Entry<Secret>): number =>
  expiration === undefined ? Infinity : Date.parse(expiration)
