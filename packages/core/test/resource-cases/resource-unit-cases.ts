import { checkResources, signingAlgorithms } from '@bailiwick/protocol'
import { expect } from 'vitest'
import { compatibilities } from '../../src/compatibility.js'
import { createAuthorizationServer, defaultGrants } from '../../src/index.js'
import type { CompatibilityName } from '../../src/index.js'
import { resolveOptions } from '../../src/options.js'
import { createResourceIndex } from '../../src/resources/create-resource-index.js'
import { createScopeParser } from '../../src/resources/create-scope-parser.js'
import { narrowResources } from '../../src/resources/narrow-resources.js'
import { selectSigningAlgorithm } from '../../src/resources/select-signing-algorithm.js'
import { validateResources } from '../../src/resources/validate-resources.js'
import type { ValidatedResources } from '../../src/resources/validate-resources.js'
import { bodyOf, get } from '../support/server.js'
import type { CaseExpectation, ResourceCase } from './cases.js'
import { compareFacts, names } from './compare.js'
import { definitionsOf, optionsOf } from './world.js'

function compareResources(resources: ValidatedResources, expected: CaseExpectation): void {
  const { apiScopesInclude = [], ...others } = expected
  const apiScopes = names(resources.apiScopes)
  expect(apiScopes).toEqual(expect.arrayContaining([...apiScopesInclude]))
  compareFacts(others, {
    succeeded: true,
    apiResources: names(resources.apiResources),
    apiScopes,
    identityResources: names(resources.identityResources),
    offlineAccess: resources.hasOfflineAccess,
  })
}

/** The resources of a unit case stand below the check of the configuration, so their names need not be URIs. */
function unitContext({ config }: ResourceCase, compatibility: CompatibilityName) {
  const { context } = resolveOptions({ ...optionsOf({}, { defaultGrants }), compatibility })
  const resources = createResourceIndex(definitionsOf(config))
  return { ...context, resources, scopeParser: createScopeParser(resources) }
}

export async function runValidator(
  entry: ResourceCase,
  expected: CaseExpectation,
  compatibility: CompatibilityName,
): Promise<void> {
  const { context } = resolveOptions({
    ...optionsOf(
      {
        client: entry.config.client ?? {},
        identityResources: ['openid', 'email'],
        apiScopes: entry.config.apiScopes ?? [],
      },
      { defaultGrants },
    ),
    compatibility,
  })
  const client = await context.clients.find(entry.config.client?.id ?? 'client')
  if (client === undefined) throw new Error('no client')
  const validate = (): ValidatedResources =>
    validateResources(
      {
        client,
        scopes: entry.request.scopes?.map(String),
        resources: entry.request.resourceIndicators ?? [],
        hasUser: true,
      },
      unitContext(entry, compatibility),
    )
  const {
    invalidScopes = [],
    invalidScopesInclude = [],
    invalidResourceIndicators = [],
    ...others
  } = expected
  const offenders = [...invalidScopes, ...invalidScopesInclude, ...invalidResourceIndicators]
  expect(offenders.length > 0).toBe(expected.succeeded !== true)
  if (expected.succeeded === true) {
    compareResources(validate(), others)
    return
  }
  const code = invalidResourceIndicators.length === 0 ? 'invalid_scope' : 'invalid_target'
  expect(validate).toThrow(expect.objectContaining({ code }) as Error)
  for (const offender of offenders) expect(validate).toThrow(`'${offender}'`)
  compareFacts(others, { succeeded: false })
}

export function runFilter(
  entry: ResourceCase,
  expected: CaseExpectation,
  mode: CompatibilityName,
): void {
  const { resources } = unitContext(entry, mode)
  const granted: ValidatedResources = {
    scopes: names(resources.apiScopes).map((name) => ({ name, value: name })),
    identityResources: resources.identityResources,
    apiScopes: resources.apiScopes,
    apiResources: resources.apiResources,
    hasOfflineAccess: entry.request.offlineAccess ?? false,
  }
  const narrowed = narrowResources(granted, entry.request.resourceIndicator ?? undefined, {
    compatibility: compatibilities[mode],
  })
  const hasOfflineAccess = narrowed.scopes.includes('offline_access')
  compareResources({ ...granted, ...narrowed, scopes: [], hasOfflineAccess }, expected)
}

export function runAlgorithms(entry: ResourceCase, expected: CaseExpectation): void {
  const { apiResources = [] } = definitionsOf(entry.config)
  const select = (): unknown => selectSigningAlgorithm(apiResources, {})
  if (expected.error !== undefined) {
    expect(select).toThrow(expect.objectContaining({ code: expected.error }) as Error)
    return
  }
  expect(expected.algorithms).toContain(select())
  expect(select()).toBe(expected.algorithms?.[0])
}

export function runUniqueness(entry: ResourceCase, expected: CaseExpectation): void {
  const problems = checkResources(definitionsOf(entry.config), { algorithms: signingAlgorithms })
  const kind = /API resources/.test(expected.throws ?? '') ? 'apiResources' : 'identityResources'
  expect(problems.map(({ path }) => path)).toEqual(
    expected.throws === undefined ? [] : [`${kind}[1].name`],
  )
}

export function runLookup(entry: ResourceCase, expected: CaseExpectation): void {
  const index = createResourceIndex(definitionsOf(entry.config))
  const found = index.scopes.get('a')
  const listing = found?.kind === 'api' ? found.apiResources : []
  compareFacts(expected, {
    apiResources: names(listing),
    apiScopes: names(index.apiScopes),
    apiResourceCount: listing.length,
  })
}

export async function runDiscovery(entry: ResourceCase, expected: CaseExpectation): Promise<void> {
  const server = createAuthorizationServer(optionsOf(entry.config, { defaultGrants }))
  const { scopes_supported: scopes } = bodyOf(
    await get(server, '/.well-known/openid-configuration'),
  )
  compareFacts(expected, { scopes_supported: scopes })
}
