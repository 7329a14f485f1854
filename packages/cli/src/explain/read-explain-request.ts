import type { ExplainRequest } from '@bailiwick/core'
import { CommandFailure } from '../command-failure.js'
import type { Configuration } from '../configuration/configuration.js'
import { foldUsername } from '../configuration/user.js'
import { UsageError } from '../usage-error.js'
import type { ExplainValues } from './explain-options.js'

const words = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== '')

/** Where the configuration lists no users, it does not say who there is either. */
function readUser(name: string, { users = [] }: Configuration): ExplainRequest['user'] & object {
  const user = users.find(
    ({ subject, username }) => subject === name || foldUsername(username) === foldUsername(name),
  )
  if (user !== undefined) return { subject: user.subject, amr: ['pwd'] }
  if (users.length === 0) return { subject: name, amr: ['pwd'] }
  const names = users.map(({ username }) => username).join(', ')
  throw new CommandFailure(`no user is called '${name}': there are ${names}`)
}

function readClient(name: string | undefined, { clients }: Configuration): string {
  if (name === undefined) throw new UsageError('--client ID is needed, or --token TOKEN')
  if (clients.some(({ clientId }) => clientId === name)) return name
  const names = clients.map(({ clientId }) => clientId).join(', ')
  throw new CommandFailure(`no client is called '${name}': there are ${names || 'none'}`)
}

function readRefresh(values: ExplainValues): ExplainRequest['refresh'] {
  const { 'at-refresh': isAsked, 'refresh-scope': scope, 'refresh-resource': resource } = values
  if (isAsked === undefined && scope === undefined && resource === undefined) return undefined
  return { ...(scope !== undefined && { scope }), ...(resource !== undefined && { resource }) }
}

/**
 * Reads the options that describe a request.
 *
 * @throws UsageError when there is no client among them.
 * @throws CommandFailure when the configuration has no such client or user.
 */
export function readExplainRequest(
  values: ExplainValues,
  configuration: Configuration,
): ExplainRequest {
  const { grant, scope, resource, user, consent, claims, 'token-resource': tokenResource } = values
  const refresh = readRefresh(values)
  return {
    clientId: readClient(values.client, configuration),
    ...(grant !== undefined && { grantType: grant }),
    ...(scope !== undefined && { scope }),
    ...(resource !== undefined && { resources: words(resource) }),
    ...(user !== undefined && { user: readUser(user, configuration) }),
    ...(consent !== undefined && { consent: words(consent) }),
    ...(claims !== undefined && { claims }),
    ...(tokenResource !== undefined && { tokenResource }),
    ...(refresh !== undefined && { refresh }),
    ...(values['why-not'] !== undefined && { whyNot: words(values['why-not']) }),
  }
}
