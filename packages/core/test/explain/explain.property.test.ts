import type { ResourceDefinitions } from '@bailiwick/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AuthorizationServer, Client, CompatibilityName } from '../../src/index.js'
import { expectExplained } from '../support/explains-as-issued.js'
import { createJournal, observeTokens } from '../support/observe-tokens.js'
import type { Journal } from '../support/observe-tokens.js'
import { authorizeWith, peopleServer, redeem, refresh, web } from '../support/people.js'
import { basic, bodyOf, post } from '../support/server.js'

const apiScopeNames = ['s0', 's1', 's2', 's3'] as const
const identityNames = ['openid', 'email', 'staff'] as const
const claimNames = ['name', 'email', 'department', 'sub', 'nothing'] as const
const algorithms = ['RS256', 'PS256', 'ES256'] as const

// Requests that fail early show little.
const mostly = fc.nat({ max: 9 }).map((number) => number > 0)
const claims = fc.subarray([...claimNames])
const scopes = fc.shuffledSubarray([...apiScopeNames, ...identityNames, 'offline_access'])
const offlineScopes = fc.oneof(
  scopes,
  scopes.map((values) => [...new Set([...values, 'offline_access'])]),
)
// One more than there can be, and one that is no URI.
const resourceNames = fc.constantFrom('urn:r0', 'urn:r1', 'urn:r2', 'urn:r3', 'r4')
const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) =>
  fc.option(arbitrary, { nil: undefined, freq: 1 })

const definitions: fc.Arbitrary<ResourceDefinitions> = fc
  .record({
    staff: fc.subarray([...claimNames], { minLength: 1 }),
    apiScopes: fc.tuple(
      ...apiScopeNames.map(() => fc.record({ userClaims: claims, enabled: mostly })),
    ),
    apiResources: fc.array(
      fc.record({
        scopes: fc.subarray([...apiScopeNames]),
        userClaims: claims,
        requireResourceIndicator: fc.boolean(),
        enabled: mostly,
        allowedAccessTokenSigningAlgorithms: fc.oneof(
          fc.constant([]),
          fc.constant([...algorithms]),
          fc.shuffledSubarray([...algorithms]),
        ),
      }),
      { minLength: 3, maxLength: 3 },
    ),
  })
  .map(({ staff, apiScopes, apiResources }) => ({
    identityResources: ['openid', 'email', { name: 'staff', userClaims: staff }],
    apiScopes: apiScopes.map((entry, index) => ({ ...entry, name: `s${index}` })),
    apiResources: apiResources.map((entry, index) => ({ ...entry, name: `urn:r${index}` })),
  }))

const clients = fc
  .record({
    allowedScopes: fc.oneof(
      fc.constant([...apiScopeNames, ...identityNames]),
      fc.subarray([...apiScopeNames, ...identityNames]),
    ),
    allowedResources: maybe(fc.uniqueArray(fc.constantFrom('urn:r0', 'urn:r1'))),
    allowOfflineAccess: mostly,
    requireConsent: fc.boolean(),
    alwaysIncludeUserClaimsInIdToken: fc.boolean(),
    alwaysSendClientClaims: fc.boolean(),
    accessTokenType: fc.constantFrom('jwt' as const, 'reference' as const),
    refreshTokenUsage: fc.constantFrom('reUse' as const, 'oneTimeOnly' as const),
  })
  .map(({ allowedResources, ...client }): Client => ({
    ...web,
    ...client,
    allowedGrantTypes: ['authorization_code', 'refresh_token', 'client_credentials'],
    ...(allowedResources !== undefined && { allowedResources }),
    claims: { tier: 'gold' },
  }))

const worlds = fc.record({
  definitions,
  client: clients,
  compatibility: fc.constantFrom<CompatibilityName>('strict', 'duende'),
  emitStaticAudienceClaim: fc.boolean(),
})

type World = typeof worlds extends fc.Arbitrary<infer Value> ? Value : never

function observe({ definitions: resources, client, ...options }: World) {
  const journal = createJournal()
  const server = observeTokens(peopleServer({ resources, clients: [client], ...options }), journal)
  return { journal, server }
}

async function expectAllExplained({ observations, strangers }: Journal): Promise<void> {
  expect(strangers).toEqual([])
  for (const observation of observations) {
    expect(await expectExplained(observation)).toBe('compared')
  }
}

const pairs = (name: string, values: readonly (string | undefined)[]): [string, string][] =>
  values.flatMap((value): [string, string][] => (value === undefined ? [] : [[name, value]]))

describe('an explanation is what is issued, for any configuration and', () => {
  it('request of a client', async () => {
    const requests = fc.record({
      world: worlds,
      scope: maybe(scopes.map((values) => values.join(' '))),
      resources: fc.uniqueArray(resourceNames, { maxLength: 2 }),
    })
    await fc.assert(
      fc.asyncProperty(requests, async ({ world, scope, resources }) => {
        const { journal, server } = observe(world)
        const form: [string, string][] = [
          ['grant_type', 'client_credentials'],
          ...pairs('scope', [scope]),
          ...pairs('resource', resources),
        ]
        await post(server, form, { authorization: basic('web', 'secret') })
        expect(journal.observations).toHaveLength(1)
        await expectAllExplained(journal)
      }),
      { numRuns: 300 },
    )
  })

  const users = fc.record({
    world: worlds,
    scope: offlineScopes.map((values) => values.join(' ')),
    resource: fc.uniqueArray(resourceNames, { maxLength: 2 }),
    consent: maybe(scopes),
    requested: fc.subarray([...claimNames]),
    tokenResource: maybe(resourceNames),
    refreshScope: maybe(scopes.map((values) => values.join(' '))),
    refreshResource: maybe(resourceNames),
  })

  type Ways = typeof users extends fc.Arbitrary<infer Value> ? Value : never

  async function goAllTheWay(ways: Ways, server: AuthorizationServer): Promise<void> {
    const { scope, resource, consent, requested, tokenResource } = ways
    const wanted = Object.fromEntries(requested.map((name) => [name, null]))
    const query = {
      scope,
      resource,
      nonce: 'the nonce',
      ...(requested.length > 0 && {
        claims: JSON.stringify({ id_token: wanted, userinfo: wanted }),
      }),
    }
    const answer = await authorizeWith(server, query, consent === undefined ? {} : { consent })
    const code = answer.searchParams.get('code')
    if (code === null) return
    const body = bodyOf(await redeem(server, code, { resource: tokenResource }))
    if (body['refresh_token'] === undefined) return
    const { refreshScope, refreshResource } = ways
    await refresh(server, body['refresh_token'], { scope: refreshScope, resource: refreshResource })
  }

  it('way of a user, up to the refresh', async () => {
    const reached = { code: 0, refresh: 0, refused: 0 }
    await fc.assert(
      fc.asyncProperty(users, async (ways) => {
        const { journal, server } = observe(ways.world)
        await goAllTheWay(ways, server)
        await expectAllExplained(journal)
        for (const { request, response } of journal.observations) {
          if (request.refresh !== undefined) reached.refresh += 1
          else if (response.status === 200) reached.code += 1
          else reached.refused += 1
        }
      }),
      { numRuns: 400 },
    )
    // The property would hold as well if nobody got anything.
    expect(Math.min(...Object.values(reached))).toBeGreaterThan(0)
  })
})
