import { OAuthError } from '@bailiwick/protocol'
import type { ApiResource } from '@bailiwick/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { registerClient } from '../../src/options/register-client.js'
import { resolveOptions } from '../../src/options.js'
import { createResourceIndex } from '../../src/resources/create-resource-index.js'
import { createScopeParser } from '../../src/resources/create-scope-parser.js'
import { resolveTokenResources } from '../../src/resources/resolve-token-resources.js'
import { client, issuer, signingKeys } from '../support/server.js'

const scopeNames = ['s0', 's1', 's2', 's3', 's4'] as const

const nameAt = (index: number): string => `urn:r${index}`

const apiResources: fc.Arbitrary<readonly ApiResource[]> = fc
  .array(
    fc.record({
      scopes: fc.subarray([...scopeNames]),
      requireResourceIndicator: fc.boolean(),
      enabled: fc.boolean(),
    }),
    { maxLength: 5 },
  )
  .map((entries) => entries.map((entry, index) => ({ ...entry, name: nameAt(index) })))

// One more than there can be: resources that were withdrawn since, or never were.
const resourceNames = fc.nat({ max: 5 }).map(nameAt)

/** A configuration, what was authorized in it or in an earlier one, and what is asked for now. */
const redemptions = fc.record({
  apiResources,
  scopes: fc.shuffledSubarray([...scopeNames], { minLength: 1 }),
  authorized: fc.uniqueArray(resourceNames, { maxLength: 4 }),
  resource: fc.option(resourceNames, { nil: undefined }),
})

type Redemption = typeof redemptions extends fc.Arbitrary<infer Value> ? Value : never

/** What a token is for; or the code of the error. */
type Outcome =
  | { readonly audience: readonly string[]; readonly scopes: readonly string[] }
  | { readonly audience?: undefined; readonly error: string }

const registered = registerClient({
  ...client,
  allowedGrantTypes: ['authorization_code', 'refresh_token'],
  allowedScopes: scopeNames,
  allowOfflineAccess: true,
})

const { context } = resolveOptions({ issuer, resources: {}, clients: [], signingKeys })

function resolver(definitions: readonly ApiResource[]): (redemption: Redemption) => Outcome {
  const resources = createResourceIndex({ apiScopes: scopeNames, apiResources: definitions })
  const configured = { ...context, resources, scopeParser: createScopeParser(resources) }
  return ({ scopes, authorized, resource }) => {
    const request = { client: registered, scopes, authorizedResources: authorized, resource }
    try {
      const { token } = resolveTokenResources({ ...request, hasUser: true }, configured)
      return { audience: token.apiResources.map(({ name }) => name), scopes: token.scopes }
    } catch (error) {
      if (error instanceof OAuthError) return { error: error.code }
      throw error
    }
  }
}

const outcomeOf = (redemption: Redemption): Outcome => resolver(redemption.apiResources)(redemption)

const entryOf = ({ apiResources: entries }: Redemption, name: string): ApiResource | undefined =>
  entries.find((entry) => entry.name === name)

const isWithin = (part: readonly string[], whole: readonly string[]): boolean =>
  part.every((entry) => whole.includes(entry))

const check = (property: (redemption: Redemption) => void): void =>
  fc.assert(fc.property(redemptions, property), { numRuns: 1000 })

describe('the resources of a token, for any configuration, authorization and redemption', () => {
  it('are among those that were authorized, when some were named', () => {
    check((redemption) => {
      const { audience } = outcomeOf(redemption)
      if (audience === undefined || redemption.authorized.length === 0) return
      expect(audience).not.toEqual([])
      expect(isWithin(audience, redemption.authorized)).toBe(true)
    })
  })

  it('are enabled, and list a scope of the token', () => {
    check((redemption) => {
      const outcome = outcomeOf(redemption)
      if (outcome.audience === undefined) return
      for (const name of outcome.audience) {
        const entry = entryOf(redemption, name)
        expect(entry?.enabled).toBe(true)
        expect(entry?.scopes?.some((scope) => outcome.scopes.includes(scope))).toBe(true)
      }
    })
  })

  it('are one alone when it is isolated, and only when nothing else can have been meant', () => {
    check((redemption) => {
      const { audience = [] } = outcomeOf(redemption)
      const isolated = audience.filter(
        (name) => entryOf(redemption, name)?.requireResourceIndicator,
      )
      if (isolated.length === 0) return
      expect(audience).toEqual(isolated)
      expect([[redemption.resource], redemption.authorized]).toContainEqual(isolated)
    })
  })

  it('are the one that is named, or none', () => {
    check((redemption) => {
      const outcome = outcomeOf(redemption)
      if (redemption.resource === undefined) return
      expect(outcome.audience ?? [redemption.resource]).toEqual([redemption.resource])
      if (outcome.audience === undefined) {
        expect(['invalid_target', 'invalid_grant']).toContain(outcome.error)
      }
    })
  })

  it('do not depend on what was refused or issued before', () => {
    fc.assert(
      fc.property(redemptions, fc.option(resourceNames, { nil: undefined }), (first, resource) => {
        const resolve = resolver(first.apiResources)
        const second = { ...first, resource }
        const alone = outcomeOf(second)
        resolve(first)
        expect(resolve(second)).toEqual(alone)
        expect(resolve(second)).toEqual(alone)
      }),
      { numRuns: 500 },
    )
  })

  it('never become more, nor the scopes, when fewer scopes are asked for', () => {
    const narrowed = redemptions.chain((whole) =>
      fc.record({
        whole: fc.constant(whole),
        scopes: fc.subarray(whole.scopes, { minLength: 1 }),
      }),
    )
    fc.assert(
      fc.property(narrowed, ({ whole, scopes }) => {
        const all = outcomeOf(whole)
        const some = outcomeOf({ ...whole, scopes })
        if (some.audience === undefined) return
        // What is refused with all the scopes is refused with some of them.
        if (all.audience === undefined) throw new Error(`${all.error} for the whole`)
        expect(isWithin(some.audience, all.audience)).toBe(true)
        expect(isWithin(some.scopes, all.scopes)).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })
})
