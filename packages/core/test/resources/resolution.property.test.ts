import type { ApiResource, ResourceDefinitions } from '@bailiwick/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { IssuedToken } from '../support/server.js'
import { client, requestToken, testServer } from '../support/server.js'

const scopeNames = ['s0', 's1', 's2', 's3', 's4', 's5'] as const

const apiResources: fc.Arbitrary<readonly ApiResource[]> = fc
  .array(
    fc.record({
      scopes: fc.subarray([...scopeNames]),
      requireResourceIndicator: fc.boolean(),
      enabled: fc.boolean(),
    }),
    { maxLength: 6 },
  )
  .map((entries) => entries.map((entry, index) => ({ ...entry, name: `urn:r${index}` })))

const worlds = fc.record({
  apiResources,
  scopes: fc.shuffledSubarray([...scopeNames], { minLength: 1 }),
  resource: fc.option(
    fc.nat({ max: 6 }).map((index) => `urn:r${index}`),
    { nil: undefined },
  ),
})

type World = typeof worlds extends fc.Arbitrary<infer Value> ? Value : never

async function outcomeOf(
  { scopes, resource }: World,
  definitions: ResourceDefinitions,
): Promise<IssuedToken['claims'] | string> {
  const server = testServer({
    resources: definitions,
    clients: [{ ...client, allowedScopes: [...scopeNames] }],
    randomId: () => 'id',
  })
  const parameters = { scope: scopes.join(' '), ...(resource !== undefined && { resource }) }
  try {
    return (await requestToken(server, parameters)).claims
  } catch (error) {
    return String(error)
  }
}

const definitionsOf = (world: World): ResourceDefinitions => ({
  apiScopes: [...scopeNames],
  apiResources: world.apiResources,
})

const audienceOf = ({ aud = [] }: IssuedToken['claims']): readonly string[] => [aud].flat()

const check = (property: (world: World) => Promise<void>): Promise<void> =>
  fc.assert(fc.asyncProperty(worlds, property), { numRuns: 300 })

describe('resolution, for any configuration and request', () => {
  it('puts no resource into the audience that lists none of the granted scopes', () =>
    check(async (world) => {
      const claims = await outcomeOf(world, definitionsOf(world))
      if (typeof claims === 'string') {
        expect(claims).toContain('invalid_target')
        return
      }
      const granted = String(claims['scope']).split(' ')
      for (const name of audienceOf(claims)) {
        const resource = world.apiResources.find((entry) => entry.name === name)
        expect(resource?.enabled).toBe(true)
        expect(resource?.scopes?.some((scope) => granted.includes(scope))).toBe(true)
      }
    }))

  it('never leaves an isolated resource in company, nor unnamed', () =>
    check(async (world) => {
      const claims = await outcomeOf(world, definitionsOf(world))
      if (typeof claims === 'string') return
      const audience = audienceOf(claims)
      const isolated = audience.filter(
        (name) => world.apiResources.find((entry) => entry.name === name)?.requireResourceIndicator,
      )
      expect(isolated.length === 0 || audience.length === 1).toBe(true)
      if (isolated.length > 0) expect(isolated).toEqual([world.resource])
    }))

  it('narrows to exactly the resource that is named, and never issues an empty token for one', () =>
    check(async (world) => {
      const claims = await outcomeOf(world, definitionsOf(world))
      if (world.resource === undefined || typeof claims === 'string') return
      expect(claims.aud).toBe(world.resource)
      const listed = world.apiResources.find(({ name }) => name === world.resource)?.scopes
      expect(claims['scope']).toBe(world.scopes.filter((s) => listed?.includes(s)).join(' '))
      expect(claims['scope']).not.toBe('')
    }))

  it('grants what was asked for when no resource is named', () =>
    check(async (world) => {
      const claims = await outcomeOf({ ...world, resource: undefined }, definitionsOf(world))
      expect(claims).toMatchObject({ scope: world.scopes.join(' ') })
    }))

  it('is deterministic, and does not depend on the order of the configuration', () =>
    check(async (world) => {
      const definitions = definitionsOf(world)
      const claims = await outcomeOf(world, definitions)
      expect(await outcomeOf(world, definitions)).toEqual(claims)
      const reversed = await outcomeOf(world, {
        apiScopes: [...scopeNames].toReversed(),
        apiResources: world.apiResources.toReversed(),
      })
      // Only the order of the resources that one scope leads to is that of the configuration.
      const unordered = (outcome: typeof claims): unknown =>
        typeof outcome === 'string' ? outcome : { ...outcome, aud: audienceOf(outcome).toSorted() }
      expect(unordered(reversed)).toEqual(unordered(claims))
    }))
})
