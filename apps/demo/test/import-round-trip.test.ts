import { checkOptions, createAuthorizationServer, defaultGrants, sha256 } from '@bailiwick/core'
import type { AuthorizationServerOptions, Explanation, ExplainRequest } from '@bailiwick/core'
import { isResourceIndicator } from '@bailiwick/protocol'
import type { ApiResource } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { chapters } from '../src/chapters.js'
import { chapterOptions } from '../src/identity-server.js'
import { peopleOptions } from '../src/people/people-server.js'
import { sayNotChecked } from '../../../tests/support/say-not-checked.js'
import { cases } from '../../../packages/core/test/resource-cases/cases.js'
import { optionsOf } from '../../../packages/core/test/resource-cases/world.js'
import { issuer, now, signingKeys } from '../../../packages/core/test/support/server.js'
import {
  connectionString,
  hasDatabase,
} from '../../../packages/store-postgres/test/support/find-database.js'
import { temporaryFile } from '../../../packages/cli/test/support/files.js'
import {
  postgresTables,
  sqliteTables,
} from '../../../packages/cli/test/support/import/databases.js'
import { postgres, snakeCase } from '../../../packages/cli/test/support/import/ef-tables.js'
import { importFrom, runText } from '../../../packages/cli/test/support/import/import-from.js'
import { toAppsettings } from '../../../packages/cli/test/support/import/to-appsettings.js'
import type { Appsettings } from '../../../packages/cli/test/support/import/to-appsettings.js'

interface World {
  readonly name: string
  readonly options: AuthorizationServerOptions
}

const nameOf = (entry: string | { readonly name: string }): string =>
  typeof entry === 'string' ? entry : entry.name

/** A case says of an API whether it has a secret. */
const withSecret = ({ secret = false, ...api }: ApiResource & { readonly secret?: boolean }) => ({
  ...api,
  ...(secret && { secrets: [{ value: sha256('secret') }] }),
})

const offered: ReadonlySet<string> = new Set(defaultGrants.map(({ grantType }) => grantType))

/** What a server of IdentityServer's own says, without the grants that an application would add. */
function optionsOfCase(config: (typeof cases)[number]['config']): AuthorizationServerOptions {
  const options = optionsOf(config, { defaultGrants })
  const { apiResources = [] } = options.resources
  return {
    ...options,
    resources: { ...options.resources, apiResources: apiResources.map(withSecret) },
    grants: defaultGrants,
    clients: options.clients.map((client) => ({
      ...client,
      allowedGrantTypes: client.allowedGrantTypes.filter((grant) => offered.has(grant)),
    })),
  }
}

/** Some cases describe their configuration in words. */
function worldOfCase({ id, config }: (typeof cases)[number]): readonly World[] {
  const entries = [config.client ?? {}, config.apiResources ?? [], config.apiScopes ?? []]
  if (entries.some((entry) => typeof entry !== 'object')) return []
  const options = optionsOfCase(config)
  return checkOptions(options).length === 0 ? [{ name: id, options }] : []
}

const withoutRepeats = (worlds: readonly World[]): readonly World[] => [
  ...new Map(
    worlds.map((world) => {
      const { resources, clients } = world.options
      return [JSON.stringify({ resources, clients }), world]
    }),
  ).values(),
]

const worldsOfCases = cases.flatMap(worldOfCase)

const identity = 'http://127.0.0.1:5001'

const worlds: readonly World[] = withoutRepeats([
  ...worldsOfCases,
  ...chapters.map((chapter) => ({
    name: `demo: ${chapter.name}`,
    options: chapterOptions(chapter, identity),
  })),
  { name: 'demo', options: peopleOptions({ identity, web: 'http://127.0.0.1:5003' }) },
])

const claims: Readonly<Record<string, unknown>> = new Proxy(
  {},
  { get: (_, name) => `the ${String(name)} of bob` },
)

/** Two servers that are set up alike say the same, to the last id. */
function serverOf(options: AuthorizationServerOptions) {
  let last = 0
  return createAuthorizationServer({
    ...options,
    issuer,
    signingKeys,
    grants: defaultGrants,
    compatibility: 'duende',
    now: () => now,
    randomId: () => `id-${(last += 1)}`,
    profile: {
      claims: async ({ claimNames }) =>
        Object.fromEntries([...claimNames].map((name) => [name, claims[name]])),
    },
  })
}

/** Everything that a client can ask for: all scopes or one, and no API or one. */
function requestsOf({ resources, clients }: AuthorizationServerOptions): readonly ExplainRequest[] {
  const { identityResources = [], apiScopes = [], apiResources = [] } = resources
  const names = [...identityResources, ...apiScopes].map(nameOf)
  const indicators = apiResources
    .map(({ name }) => name)
    .filter((name) => isResourceIndicator(name))
  const user = { subject: 'bob', authTime: now, amr: ['pwd'] }
  return clients.flatMap(({ clientId, allowOfflineAccess = false, allowedScopes = [] }) => {
    const all = [...allowedScopes, ...(allowOfflineAccess ? ['offline_access'] : [])].join(' ')
    return [all, ...names].flatMap((scope) =>
      [[], ...indicators.map((name) => [name])].flatMap((named) => [
        { clientId, scope, resources: named },
        { clientId, scope, resources: named, user },
        ...(allowOfflineAccess
          ? [{ clientId, scope: all, resources: named, user, refresh: {} }]
          : []),
      ]),
    )
  })
}

/** They are other ones each time. */
const ofTheMoment: ReadonlySet<string> = new Set(['sid', 'at_hash'])

async function explainAll(
  options: AuthorizationServerOptions,
  requests: readonly ExplainRequest[],
) {
  const { explain } = serverOf(options)
  const explanations: Explanation[] = []
  for (const request of requests) explanations.push(await explain(request))
  const text = JSON.stringify(explanations, (name, value: unknown) =>
    ofTheMoment.has(name) ? 'there' : value,
  )
  return JSON.parse(text) as readonly Explanation[]
}

const settingsOf = ({ options: { resources, clients } }: World): Appsettings =>
  toAppsettings({ ...resources, clients })

const fromFile = async (settings: Appsettings) =>
  importFrom({
    from: await temporaryFile('appsettings.json', JSON.stringify({ IdentityServer: settings })),
  })

sayNotChecked(hasDatabase, 'PostgreSQL')

const worldsWithTokens = new Set<World>()

describe('a configuration that is written down for IdentityServer and imported', () => {
  it('is one of most cases', () => {
    expect({ cases: worldsOfCases.length, worlds: worlds.length }).toEqual({
      cases: 201,
      worlds: 53,
    })
  })

  it.each(worlds)('says the same as before: $name', async (world) => {
    const { options } = world
    const { emitStaticAudienceClaim = false } = options
    const imported = await fromFile({
      ...settingsOf(world),
      ...(emitStaticAudienceClaim && { EmitStaticAudienceClaim: true }),
    })
    const errors = imported.findings.filter(({ severity }) => severity === 'error')
    expect(errors.map(({ ruleId, path }) => `${ruleId} ${path}`)).toEqual([])
    const configuration = runText(imported)

    const requests = requestsOf(options)
    const before = await explainAll(options, requests)
    const after = await explainAll({ ...configuration, issuer, resources: configuration }, requests)
    expect(after).toEqual(before)
    if (before.some(({ accessToken }) => accessToken !== undefined)) worldsWithTokens.add(world)
  })

  it('has tokens to compare', () => {
    expect(worldsWithTokens.size).toBe(38)
  })

  it('is the same from tables in SQLite', async () => {
    const { name, write } = await sqliteTables()
    for (const settings of worlds.map(settingsOf)) {
      await write(settings)
      expect((await importFrom({ from: name })).text).toBe((await fromFile(settings)).text)
    }
  })

  const everyWorld = 120_000

  it.skipIf(!hasDatabase).each([
    ['as they are made', postgres, worlds],
    ['in snake case', { ...postgres, nameOf: snakeCase }, worlds.slice(-3)],
  ])(
    'is the same from tables in PostgreSQL, %s',
    async (_how, dialect, some) => {
      const { name, write } = await postgresTables(dialect)
      for (const settings of some.map(settingsOf)) {
        await write(settings)
        const { text } = await importFrom({ from: connectionString, schema: name })
        expect(text).toBe((await fromFile(settings)).text)
      }
    },
    everyWorld,
  )
})
