import { checkResources, ConfigurationError, signingAlgorithms } from '@bailiwick/protocol'
import type { HttpResponse } from '@bailiwick/protocol'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { describe, expect, it } from 'vitest'
import { compatibilities } from '../../src/compatibility.js'
import { createAuthorizationServer, defaultGrants } from '../../src/index.js'
import type { AuthorizationServer, CompatibilityName } from '../../src/index.js'
import { resolveOptions } from '../../src/options.js'
import { createResourceIndex } from '../../src/resources/create-resource-index.js'
import { createScopeParser } from '../../src/resources/create-scope-parser.js'
import { narrowResources } from '../../src/resources/narrow-resources.js'
import { selectSigningAlgorithm } from '../../src/resources/select-signing-algorithm.js'
import { validateResources } from '../../src/resources/validate-resources.js'
import type { ValidatedResources } from '../../src/resources/validate-resources.js'
import { basic, bodyOf, get, post } from '../support/server.js'
import { cases } from './cases.js'
import type { CaseExpectation, ResourceCase } from './cases.js'
import { claimsCases } from './claims-cases.js'
import { deviations, expectationOf } from './deviations.js'
import { triage } from './triage.js'
import { definitionsOf, optionsOf } from './world.js'

const modes: readonly CompatibilityName[] = ['strict', 'duende']

const asList = (value: unknown): readonly unknown[] => {
  if (value === undefined || value === null) return []
  return typeof value === 'string' ? value.split(' ') : (value as readonly unknown[])
}

const names = (entries: readonly { readonly name: string }[]): readonly string[] =>
  entries.map(({ name }) => name)

function compareToken(token: string, expected: NonNullable<CaseExpectation['access_token']>): void {
  const claims = decodeJwt(token)
  if ('aud' in expected) expect(asList(claims.aud)).toEqual(asList(expected.aud))
  if ('scope' in expected) expect(asList(claims['scope'])).toEqual(expected.scope)
  if ('alg' in expected) expect(decodeProtectedHeader(token).alg).toBe(expected.alg)
  if (expected.claimNames !== undefined) {
    expect(Object.keys(claims).toSorted()).toEqual([...expected.claimNames].toSorted())
  }
}

/** `urn:api1 + 512 times 'x' (520 chars)` is how a case writes a value that is too long to print. */
const spellOut = (value: string): string =>
  value.replace(
    /^(\S+) \+ (\d+) times '(.)'.*$/,
    (_, start: string, times: string, char: string) => start + char.repeat(Number(times)),
  )

/** The request of a case, sent by its client in the way the case says. */
function sendTokenRequest(
  server: AuthorizationServer,
  { config, request }: ResourceCase,
): Promise<HttpResponse> {
  const { _auth: authentication, ...params } = request.params ?? {}
  const id = config.client?.id ?? 'client'
  const form = Object.fromEntries(Object.entries(params).map(([k, v]) => [k, spellOut(v)]))
  if (authentication === 'client_secret_post') {
    const credentials = { client_id: id, client_secret: 'secret' }
    return post(server, { ...form, ...credentials }, { authorization: null })
  }
  const sender = authentication === 'unknown client' ? 'unknown' : id
  return post(server, form, { authorization: basic(sender, 'secret') })
}

function compareTokenResponse(body: Record<string, unknown>, expected: CaseExpectation): void {
  for (const member of ['token_type', 'expires_in'] as const) {
    if (member in expected) expect(body[member]).toBe(expected[member])
  }
  for (const member of ['id_token', 'refresh_token'] as const) {
    if (expected[member] === false) expect(body).not.toHaveProperty(member)
  }
  compareToken(String(body['access_token']), {
    ...(expected.apiResources && { aud: expected.apiResources }),
    ...(expected.apiScopes && { scope: expected.apiScopes }),
    ...expected.access_token,
  })
}

async function runTokenRequest(
  entry: ResourceCase,
  expected: CaseExpectation,
  compatibility: CompatibilityName,
): Promise<void> {
  const create = (): AuthorizationServer =>
    createAuthorizationServer({ ...optionsOf(entry.config, { defaultGrants }), compatibility })
  if (expected.throws !== undefined) {
    expect(create).toThrow(ConfigurationError)
    expect(create).toThrow(expected.throws)
    return
  }
  const response = await sendTokenRequest(create(), entry)
  const body = bodyOf(response)
  const status = expected.status ?? (expected.valid === true ? 200 : 400)
  expect({ status: response.status, error: body['error'] }).toEqual({
    status,
    error: expected.error,
  })
  if (status === 200) compareTokenResponse(body, expected)
}

function compareResources(resources: ValidatedResources, expected: CaseExpectation): void {
  if (expected.apiResources) expect(names(resources.apiResources)).toEqual(expected.apiResources)
  if (expected.apiScopes) expect(names(resources.apiScopes)).toEqual(expected.apiScopes)
  if (expected.apiScopesInclude) {
    expect(names(resources.apiScopes)).toEqual(
      expect.arrayContaining([...expected.apiScopesInclude]),
    )
  }
  if (expected.identityResources) {
    expect(names(resources.identityResources)).toEqual(expected.identityResources)
  }
  if ('offlineAccess' in expected) expect(resources.hasOfflineAccess).toBe(expected.offlineAccess)
}

/** The resources of a unit case stand below the check of the configuration, so their names need not be URIs. */
function unitContext({ config }: ResourceCase, compatibility: CompatibilityName) {
  const { context } = resolveOptions({ ...optionsOf({}, { defaultGrants }), compatibility })
  const resources = createResourceIndex(definitionsOf(config))
  return { ...context, resources, scopeParser: createScopeParser(resources) }
}

async function runValidator(
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
        scopes: entry.request.scopes,
        resources: entry.request.resourceIndicators ?? [],
        hasUser: true,
      },
      unitContext(entry, compatibility),
    )
  if (expected.succeeded === true) {
    compareResources(validate(), expected)
    return
  }
  const offenders = [
    ...(expected.invalidScopes ?? []),
    ...(expected.invalidScopesInclude ?? []),
    ...(expected.invalidResourceIndicators ?? []),
  ]
  const code = expected.invalidResourceIndicators === undefined ? 'invalid_scope' : 'invalid_target'
  expect(offenders).not.toEqual([])
  expect(validate).toThrow(expect.objectContaining({ code }) as Error)
  for (const offender of offenders) expect(validate).toThrow(`'${offender}'`)
}

function runFilter(entry: ResourceCase, expected: CaseExpectation, mode: CompatibilityName): void {
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

function runAlgorithms(entry: ResourceCase, expected: CaseExpectation): void {
  const { apiResources = [] } = definitionsOf(entry.config)
  const select = (): unknown => selectSigningAlgorithm(apiResources)
  if (expected.error !== undefined) {
    expect(select).toThrow(expect.objectContaining({ code: expected.error }) as Error)
    return
  }
  expect(expected.algorithms).toContain(select())
  expect(select()).toBe(expected.algorithms?.[0])
}

function runUniqueness(entry: ResourceCase, expected: CaseExpectation): void {
  const problems = checkResources(definitionsOf(entry.config), { algorithms: signingAlgorithms })
  const kind = /API resources/.test(expected.throws ?? '') ? 'apiResources' : 'identityResources'
  expect(problems.map(({ path }) => path)).toEqual(
    expected.throws === undefined ? [] : [`${kind}[1].name`],
  )
}

function runLookup(entry: ResourceCase, expected: CaseExpectation): void {
  const index = createResourceIndex(definitionsOf(entry.config))
  const found = index.scopes.get('a')
  const listing = found?.kind === 'api' ? found.apiResources : []
  if (expected.apiResources) expect(names(listing)).toEqual(expected.apiResources)
  if (expected.apiScopes) expect(names(index.apiScopes)).toEqual(expected.apiScopes)
  if ('apiResourceCount' in expected)
    expect(listing).toHaveLength(Number(expected['apiResourceCount']))
}

async function runDiscovery(entry: ResourceCase, expected: CaseExpectation): Promise<void> {
  const server = createAuthorizationServer(optionsOf(entry.config, { defaultGrants }))
  const { scopes_supported: scopes } = bodyOf(
    await get(server, '/.well-known/openid-configuration'),
  )
  expect(scopes).toEqual(expected['scopes_supported'])
}

const runners: Readonly<
  Record<
    string,
    (entry: ResourceCase, expected: CaseExpectation, mode: CompatibilityName) => unknown
  >
> = {
  token: runTokenRequest,
  discovery: runDiscovery,
  'resource validator': runValidator,
  'validated-resources filter': runFilter,
  'resolve access-token signing algorithms for the resources of one token': runAlgorithms,
  'load all enabled resources': runUniqueness,
  'find by scope': runLookup,
  'claims service': ({ id }, expected, mode) => claimsCases[id]?.(expected, mode),
  'token service': ({ id }, expected, mode) => claimsCases[id]?.(expected, mode),
}

const running = cases.filter((entry) => triage(entry) === 'runs')

describe.each(modes)('resource cases, compatibility: %s', (mode) => {
  it.each(running.map((entry) => [entry.id, entry.note ?? entry.topic, entry] as const))(
    '%s %s',
    async (id, _, entry) => {
      const runner = runners[entry.request.endpoint ?? entry.request.unit ?? '']
      expect(runner).toBeDefined()
      expect.hasAssertions()
      await runner?.(entry, expectationOf(id, entry.expect, mode), mode)
    },
  )
})

it('counts the cases that do not run, each with the reason', () => {
  const reasons = cases.map(triage)
  const counts = Object.fromEntries(
    [...new Set(reasons)].map((reason) => [
      reason,
      reasons.filter((other) => other === reason).length,
    ]),
  )
  expect(counts).toMatchInlineSnapshot(`
    {
      "excluded: a store of disabled resources: the index holds what can be requested": 1,
      "excluded: licence switches": 1,
      "excluded: the password grant (RFC 9700 section 2.4)": 14,
      "excluded: tokens without jti, which RFC 9068 section 2.2 requires": 1,
      "needs ID tokens": 2,
      "needs an authorization endpoint": 17,
      "needs backchannel authentication": 5,
      "needs codes": 22,
      "needs consent": 12,
      "needs device authorization": 9,
      "needs introspection and revocation": 32,
      "needs refresh tokens": 32,
      "needs sender-constrained tokens": 6,
      "needs userinfo": 5,
      "runs": 81,
    }
  `)
})

it('has no deviation for a case that does not run', () => {
  const ids = new Set(running.map(({ id }) => id))
  expect(Object.keys(deviations).filter((id) => !ids.has(id))).toEqual([])
})
