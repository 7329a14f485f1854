import { createAuthorizationServer, generateSigningKey, sha256 } from '@bailiwick/core'
import type { AuthorizationServer } from '@bailiwick/core'
import {
  assert,
  asyncProperty,
  boolean,
  constant,
  oneof,
  record,
  subarray,
  tuple,
} from 'fast-check'
import type { Arbitrary } from 'fast-check'
import { decodeJwt } from 'jose'
import { expect, it } from 'vitest'
import { checkConfiguration } from '../../src/configuration/check-configuration.js'
import { serverOptions } from '../../src/configuration/server-options.js'
import { lintConfiguration } from '../../src/index.js'
import type { Configuration } from '../../src/index.js'
import { lintTime } from '../support/lint-examples.js'

const scopeNames = ['a.read', 'b.write', 'c.list']
const apiNames = ['urn:one', 'urn:two', 'urn:three']
const context = { defaultIssuer: 'http://127.0.0.1:5001' }
const signingKeys = [generateSigningKey('EdDSA'), generateSigningKey('ES256')]

const mostly = (value: boolean): Arbitrary<boolean> => oneof(constant(value), boolean())

const apiResource = (name: string) =>
  record({
    name: constant(name),
    enabled: mostly(true),
    scopes: subarray(scopeNames),
    requireResourceIndicator: mostly(false),
    allowedAccessTokenSigningAlgorithms: subarray(['EdDSA', 'ES256'] as const),
  })

const client = (clientId: string) =>
  record(
    {
      clientId: constant(clientId),
      clientSecrets: constant([{ value: sha256('secret') }]),
      allowedGrantTypes: oneof(constant(['client_credentials']), constant(['refresh_token'])),
      enabled: mostly(true),
      allowedScopes: subarray(scopeNames),
      allowedResources: subarray(apiNames),
    },
    { requiredKeys: ['clientId', 'clientSecrets', 'allowedGrantTypes', 'enabled'] },
  )

const apiScope = (name: string) => record({ name: constant(name), enabled: mostly(true) })

const configurations = record({
  signingKeys: constant(signingKeys),
  apiScopes: tuple(...scopeNames.map(apiScope)),
  apiResources: tuple(...apiNames.map(apiResource)),
  clients: tuple(client('first'), client('second')),
})

/** A request for a token. */
interface Asked {
  readonly scope: string
  readonly resource?: string
}

/** What one token is, or why there is none. */
interface Answer {
  readonly clientId: string
  readonly asked: Asked
  readonly scopes: readonly string[]
  readonly audience: readonly string[]
  readonly error: string | undefined
}

async function ask(server: AuthorizationServer, clientId: string, asked: Asked): Promise<Answer> {
  const response = await server.handle({
    method: 'POST',
    url: '/token',
    headers: {
      authorization: `Basic ${btoa(`${clientId}:secret`)}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: async () =>
      new URLSearchParams({ grant_type: 'client_credentials', ...asked }).toString(),
  })
  const { access_token: token, error } = JSON.parse(response?.body ?? '') as Record<string, string>
  if (token === undefined) return { clientId, asked, scopes: [], audience: [], error }
  const { scope, aud = [] } = decodeJwt(token)
  return {
    clientId,
    asked,
    scopes: String(scope).split(' '),
    audience: typeof aud === 'string' ? [aud] : aud,
    error,
  }
}

/** Every request for one or two scopes, without a resource and with each. */
async function askForEverything(configuration: Configuration): Promise<readonly Answer[]> {
  const server = createAuthorizationServer(serverOptions(configuration, context))
  const pairs = scopeNames.flatMap((one) => scopeNames.map((other) => `${one} ${other}`))
  const requests = [...scopeNames, ...pairs].flatMap((scope) => [
    { scope },
    ...apiNames.map((resource) => ({ scope, resource })),
  ])
  const answers = ['first', 'second'].flatMap((clientId) =>
    requests.map((asked) => ask(server, clientId, asked)),
  )
  return Promise.all(answers)
}

/** Whether the tokens of a client ever have an audience when it asks for one scope. */
const hasAudience = (answers: readonly Answer[], clientId: string, scope: string): boolean =>
  answers.some(
    (answer) =>
      answer.clientId === clientId && answer.asked.scope === scope && answer.audience.length > 0,
  )

const indexOf = (path: string): number => Number(/\[(\d)\]/.exec(path)?.[1])

/** The entries that are enabled and that no token is about. */
const unserved = (
  entries: readonly { readonly enabled: boolean }[],
  names: readonly string[],
  served: readonly string[],
): readonly number[] =>
  entries.flatMap(({ enabled }, index) =>
    enabled && !served.includes(names[index] ?? '') ? [index] : [],
  )

it(
  'finds what the server gives no token for, and what it refuses together',
  { timeout: 120_000 },
  async () => {
    await assert(
      asyncProperty(configurations, async (input) => {
        const configuration = checkConfiguration(input, context)
        const answers = await askForEverything(configuration)
        const findings = lintConfiguration(configuration, { now: lintTime })
        const pathsOf = (id: string): readonly string[] =>
          findings.filter(({ ruleId }) => ruleId === id).map(({ path }) => path)

        const granted = answers.filter(({ scopes }) => scopes.length > 0)
        const { apiScopes, apiResources, clients } = input
        expect(pathsOf('unreachable-scope').map(indexOf)).toEqual(
          unserved(
            apiScopes,
            scopeNames,
            granted.flatMap(({ scopes }) => scopes),
          ),
        )
        expect(pathsOf('unreachable-api').map(indexOf)).toEqual(
          unserved(
            apiResources,
            apiNames,
            granted.flatMap(({ audience }) => audience),
          ),
        )
        expect(pathsOf('useless-client').map(indexOf)).toEqual(
          unserved(
            clients,
            ['first', 'second'],
            granted.map(({ clientId }) => clientId),
          ),
        )

        const nowhere = new Set(
          pathsOf('scope-without-audience').map((path) => scopeNames[indexOf(path)]),
        )
        const outside = pathsOf('scope-outside-allowed-resources')
        const lost = clients.flatMap(({ clientId, allowedScopes = [] }, position) =>
          allowedScopes
            .filter(
              (scope, index) =>
                nowhere.has(scope) ||
                outside.includes(`clients[${position}].allowedScopes[${index}]`),
            )
            .map((scope) => `${clientId} ${scope}`),
        )
        const alone = granted.filter(
          ({ asked: { scope, resource } }) => scopeNames.includes(scope) && resource === undefined,
        )
        for (const { clientId, asked } of alone) {
          expect(lost.includes(`${clientId} ${asked.scope}`)).toBe(
            !hasAudience(answers, clientId, asked.scope),
          )
        }

        const isRefused = answers.some(
          ({ asked, error }) => asked.resource === undefined && error === 'invalid_target',
        )
        expect(pathsOf('algorithm-disagreement').length > 0).toBe(isRefused)
      }),
      { numRuns: 100 },
    )
  },
)
