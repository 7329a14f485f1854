import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { importSettings, machine, oneApi, runText } from '../support/import/import-from.js'

/** What could end a text, a comment or a list of the file that is written, or mean something to JavaScript. */
const hostileText = fc.oneof(
  fc.constantFrom(
    `'`,
    `'"\\`,
    '`${throwing}`',
    `'}]; throw new Error('run') //`,
    '*/ throwing',
    '\r\nthrowing',
    '\u2028throwing',
    '\u202E',
    '\uD800',
    '__proto__',
    'constructor',
  ),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 6 }),
)

// 0 and 1 are numbers of enumerations, and defaults among them; JSON has no infinity.
const scalar = fc.oneof(
  hostileText,
  fc.boolean(),
  fc.integer({ min: 3601 }),
  fc.integer({ max: -1 }),
  fc.double({ min: 0.01, max: 0.99, noNaN: true }),
)

/** In a name a colon leads one level down, and names that differ by case only are one. */
const name = hostileText.filter((text) => !text.includes(':') && text === text.toLowerCase())

const value = fc.oneof(
  scalar,
  fc.array(scalar, { minLength: 1, maxLength: 3 }),
  fc.dictionary(name, scalar, { minKeys: 1, maxKeys: 3 }),
)

const properties = [
  'ClientName',
  'Enabled',
  'RequireClientSecret',
  'AllowedGrantTypes',
  'RedirectUris',
  'AllowedCorsOrigins',
  'AllowedScopes',
  'AllowOfflineAccess',
  'AccessTokenType',
  'AccessTokenLifetime',
  'IdentityTokenLifetime',
  'RefreshTokenUsage',
  'ClientClaimsPrefix',
  'Properties',
  'Claims',
  'Description',
  'FrontChannelLogoutUri',
  'UserSsoLifetime',
  'ProtocolType',
  'RequireDPoP',
  'Unknown',
] as const

// Of a description nothing is kept that cannot be seen.
const oneProperty = fc.record({
  property: fc.constantFrom(...properties.filter((one) => one !== 'Description')),
  value,
})

const withProperty = (property: string, set: unknown) => ({
  IdentityServer: { ...oneApi, Clients: [{ ...machine, [property]: set }] },
})

describe('an import of anything', () => {
  it('writes a file that is nothing but values', async () => {
    const clients = fc.array(fc.dictionary(fc.constantFrom(...properties, 'ClientId'), value), {
      minLength: 1,
      maxLength: 3,
    })
    await fc.assert(
      fc.asyncProperty(clients, async (Clients) => {
        const settings = { IdentityServer: { ...oneApi, Clients: [machine, ...Clients] } }
        const { clients: imported } = runText(await importSettings(settings))
        expect(imported[0]?.clientId).toBe('machine')
      }),
      { numRuns: 150 },
    )
  })

  it('keeps what is set, or says what became of it', async () => {
    await fc.assert(
      fc.asyncProperty(oneProperty, async ({ property, value: set }) => {
        // What is set as if it were not is neither lost nor told of.
        fc.pre(set !== true && set !== false)
        const { text, findings } = await importSettings(withProperty(property, set))
        const without = await importSettings(withProperty(property, null))
        expect({ text, findings }).not.toEqual({ text: without.text, findings: without.findings })
      }),
      { numRuns: 300 },
    )
  })
})
