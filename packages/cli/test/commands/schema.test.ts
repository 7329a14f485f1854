import { readFile } from 'node:fs/promises'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { configuration } from '../support/configuration.js'
import { runInProcess } from '../support/run-in-process.js'

async function readJson(path: string): Promise<object> {
  const content: unknown = JSON.parse(
    await readFile(new URL(`../../${path}`, import.meta.url), 'utf8'),
  )
  return content as object
}

const example = await readJson('examples/bailiwick.json')
const committed = await readJson('schema/bailiwick.schema.json')
// `format` informs editors; whether something is an issuer the server decides.
const validate = new Ajv({ allErrors: true, strict: true, formats: { uri: true } }).compile(
  committed,
)

interface JsonSchema {
  readonly description?: string
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly definitions?: Readonly<Record<string, JsonSchema>>
  readonly items?: JsonSchema
  readonly anyOf?: readonly JsonSchema[]
}

/** The paths of all members that lack a description. */
function undescribed(schema: JsonSchema, path = ''): readonly string[] {
  const { properties = {}, definitions = {}, items, anyOf = [] } = schema
  const parts = [
    ...Object.entries(definitions),
    ...Object.entries(properties),
    ...anyOf.entries(),
    ...(items === undefined ? [] : [['items', items] as const]),
  ]
  return [
    ...Object.entries(properties)
      .filter(([, { description = '' }]) => description === '')
      .map(([name]) => `${path}/${name}`),
    ...parts.flatMap(([name, part]) => undescribed(part, `${path}/${name}`)),
  ]
}

describe('bailiwick schema', () => {
  it('prints the published file; if not, run pnpm --filter @bailiwick/cli generate:schema', async () => {
    const { exitCode, stdout } = await runInProcess('schema')
    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout)).toEqual(committed)
  })
})

describe('the JSON Schema', () => {
  it('describes every member', () => {
    expect(undescribed(committed)).toEqual([])
  })

  it.each([
    ['a small configuration', configuration],
    ['the example', example],
  ])('accepts %s', (_name, content) => {
    validate(content)
    expect(validate.errors).toBeNull()
  })

  it('finds unknown, missing and wrong members', () => {
    const [client] = configuration.clients
    validate({
      identityResources: ['roles'],
      apiScopes: [{ displayName: 'Reads.' }],
      clients: [
        {
          ...client,
          allowedGrantTypes: ['implicit'],
          accessTokenLifetime: 0.5,
          authorizationCodeLifetime: 601,
          refreshTokenUsage: 'once',
        },
      ],
      users: [{ subject: '1', username: '' }],
      session: { idleLifetime: 0 },
      people: [],
    })
    const places = validate.errors?.map(({ instancePath, keyword }) => `${instancePath} ${keyword}`)
    expect(places).toEqual(
      expect.arrayContaining([
        ' additionalProperties',
        '/identityResources/0 enum',
        '/apiScopes/0 required',
        '/clients/0/allowedGrantTypes/0 enum',
        '/clients/0/accessTokenLifetime type',
        '/clients/0/accessTokenLifetime minimum',
        '/clients/0/authorizationCodeLifetime maximum',
        '/clients/0/refreshTokenUsage enum',
        '/users/0 required',
        '/users/0/username minLength',
        '/session/idleLifetime minimum',
      ]),
    )
  })
})
