import { serverOptions } from '../commands/server-options.js'
import type { CommandOption, OptionValues } from '../read-arguments.js'

/** The options of `bailiwick explain`: those of the request by the names of its parameters. */
export const explainOptions = {
  config: serverOptions.config,
  client: { placeholder: 'ID', description: 'The client that asks.' },
  grant: {
    placeholder: 'TYPE',
    description:
      'The grant type. Default: authorization_code with --user, otherwise client_credentials.',
  },
  scope: {
    placeholder: 'SCOPES',
    description: 'The scopes, with spaces between them.',
    isRepeatable: true,
  },
  resource: {
    placeholder: 'URI',
    description: 'A resource that the request names. It may be given several times.',
    isRepeatable: true,
  },
  user: { placeholder: 'NAME', description: 'The user, by subject or user name.' },
  consent: {
    placeholder: 'SCOPES',
    description: 'The scopes that the user allows, if asked. Default: all.',
    isRepeatable: true,
  },
  claims: { placeholder: 'JSON', description: 'The claims parameter of the request.' },
  'token-resource': {
    placeholder: 'URI',
    description: 'The resource of the token request that follows an authorization request.',
  },
  'at-refresh': { description: 'Explains the tokens of the refresh that follows.' },
  'refresh-scope': {
    placeholder: 'SCOPES',
    description: 'The scopes of that refresh.',
    isRepeatable: true,
  },
  'refresh-resource': { placeholder: 'URI', description: 'The resource of that refresh.' },
  'why-not': {
    placeholder: 'NAME',
    description: 'A scope, audience or claim: answers why it is not there, and nothing else.',
    isRepeatable: true,
  },
  token: {
    placeholder: 'TOKEN',
    description: 'Explains an access token that is there: a JWT, or with --store a handle.',
  },
  store: {
    placeholder: 'PLACE',
    description: 'Where the handle of --token is looked up. Nothing is written there.',
  },
  json: { description: 'Prints one JSON object.' },
  diff: {
    description:
      'Compares with what follows: options of a second request. What they leave out stays as it is.',
  },
} as const satisfies Readonly<Record<string, CommandOption>>

/** The values of the options that were given. */
export type ExplainValues = OptionValues<keyof typeof explainOptions>
