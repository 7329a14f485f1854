import { describe, expect, it } from 'vitest'
import { defaultLimits } from '../../packages/core/src/authorization/create-login-throttle.js'
import {
  defaultKeyPolicy,
  defaultPaths,
  defaultSession,
  serverDefaults,
} from '../../packages/core/src/options.js'
import {
  clientDefaults,
  refreshTokenDefaults,
} from '../../packages/core/src/options/register-client.js'
import { configurationJsonSchema } from '../../packages/cli/src/configuration/schema/configuration-json-schema.js'
import { defaults as pageDefaults } from '../../packages/ui/src/appearance.js'
import { exportedType } from '../generate/declarations.js'
import { membersOf } from '../generate/members.js'

type Values = Readonly<Record<string, unknown>>

/** The value that a `@defaultValue` begins with; `undefined` when that is a description, or the name of something. */
function literalIn(text: string): unknown {
  const [, code = ''] = /^`([^`]*)`(?:$|,)/.exec(text) ?? []
  try {
    return JSON.parse(code.replaceAll(/(\w+):/g, '"$1":').replaceAll("'", '"'))
  } catch {
    return undefined
  }
}

/** The defaults of the members of a type that are plain values, as their docstrings tell them. */
const documented = (typeName: string): Values =>
  Object.fromEntries(
    membersOf(exportedType(typeName))
      .map(({ name, defaultValue = '' }) => [name, literalIn(defaultValue)] as const)
      .filter(([, value]) => value !== undefined),
  )

const isPlain = (value: unknown): boolean =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'function' ? 'a function' : inner,
  ) === JSON.stringify(value)

const plain = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => isPlain(value)))

describe('a default in a docstring is the one that there is', () => {
  it.each<[typeName: string, defaults: Values]>([
    ['AuthorizationServerOptions', serverDefaults],
    ['SessionOptions', defaultSession],
    ['KeyManagementOptions', defaultKeyPolicy],
    ['EndpointPaths', defaultPaths],
    ['LoginThrottleOptions', defaultLimits],
    ['Client', clientDefaults],
  ])('%s', (typeName, defaults) => {
    expect(documented(typeName)).toEqual(plain(defaults))
  })

  it.each([
    ['refreshTokenUsage', "`'oneTimeOnly'` for public clients", "`'reUse'` for others"],
    ['refreshTokenReuseInterval', '`0` for public clients', '`10` for others'],
  ] as const)('Client.%s', (name, ...texts) => {
    const member = membersOf(exportedType('Client')).find((candidate) => candidate.name === name)
    for (const text of texts) expect(member?.defaultValue).toContain(text)
    const [ofPublic, ofOthers] = texts.map((text) => literalIn(text.replace(/ for .*/, '')))
    expect([refreshTokenDefaults.public[name], refreshTokenDefaults.confidential[name]]).toEqual([
      ofPublic,
      ofOthers,
    ])
  })

  it('paths of pages', () => {
    const { interactionPath } = documented('Appearance')
    const { grantsPath } = documented('UiOptions')
    const { path: explorerPath } = documented('ExplorerOptions')
    expect({ interactionPath, grantsPath, explorerPath }).toEqual(pageDefaults)
  })
})

interface JsonSchema {
  readonly properties: Readonly<Record<string, { readonly default?: unknown }>>
  readonly definitions: Readonly<Record<string, JsonSchema>>
}

const jsonSchema = configurationJsonSchema() as JsonSchema

describe('an editor tells the same defaults of a configuration file', () => {
  it.each([
    ['Configuration', jsonSchema],
    ...['Client', 'IdentityResource', 'ApiScope', 'ApiResource', 'Secret', 'User'].map(
      (name) => [name, jsonSchema.definitions[name]] as const,
    ),
  ] as const)('%s', (typeName, schema) => {
    const defaults = Object.entries(schema?.properties ?? {})
      .filter(([, property]) => 'default' in property)
      .map(([name, property]) => [name, property.default])
    expect(documented(typeName)).toEqual(Object.fromEntries(defaults))
  })
})
