import { describe, expect, it } from 'vitest'
import { configurationJsonSchema } from '../../src/configuration/schema/configuration-json-schema.js'
import {
  importClient,
  importSettings,
  machine,
  oneApi,
  openid,
  runText,
} from '../support/import/import-from.js'

const clientOf = async (change: object) => runText(await importClient(change)).clients[0]

const [secret] = machine.ClientSecrets

const web = {
  AllowedGrantTypes: ['authorization_code'],
  RedirectUris: ['https://app.example.com/callback'],
} as const

/** What IdentityServer takes a client for that says nothing. */
const identityServerDefaults = {
  enabled: true,
  requireClientSecret: true,
  requireConsent: false,
  allowRememberConsent: true,
  alwaysIncludeUserClaimsInIdToken: false,
  requirePkce: true,
  frontChannelLogoutSessionRequired: true,
  allowOfflineAccess: false,
  identityTokenLifetime: 300,
  accessTokenLifetime: 3600,
  absoluteRefreshTokenLifetime: 2_592_000,
  slidingRefreshTokenLifetime: 1_296_000,
  refreshTokenExpiration: 'absolute',
  accessTokenType: 'jwt',
  alwaysSendClientClaims: false,
  clientClaimsPrefix: 'client_',
}

describe('what a client is by default', () => {
  it('is the same here, and so need not be written', () => {
    const { definitions } = configurationJsonSchema() as {
      readonly definitions: Readonly<
        Record<
          string,
          { readonly properties: Readonly<Record<string, { readonly default?: unknown }>> }
        >
      >
    }
    const members = definitions['Client']?.properties ?? {}
    const ours = Object.keys(identityServerDefaults).map((name) => [name, members[name]?.default])
    expect(Object.fromEntries(ours)).toEqual(identityServerDefaults)
  })

  it('is not written when it is set to that', async () => {
    const stated = Object.entries(identityServerDefaults).map(([name, value]) => [
      `${name.charAt(0).toUpperCase()}${name.slice(1)}`,
      value,
    ])
    expect(await clientOf(Object.fromEntries(stated) as object)).toEqual(await clientOf({}))
  })

  it('is written where it is another one here', async () => {
    expect(await clientOf(web)).toMatchObject({ authorizationCodeLifetime: 300 })
    expect(await clientOf({})).not.toHaveProperty('authorizationCodeLifetime')
  })
})

describe('a client', () => {
  it.each([
    [
      'a grant for refresh tokens where it may have them',
      { ...web, AllowOfflineAccess: true },
      { allowedGrantTypes: ['authorization_code', 'refresh_token'], allowOfflineAccess: true },
    ],
    [
      'no such grant where there is no user',
      { AllowOfflineAccess: true },
      { allowedGrantTypes: ['client_credentials'], allowOfflineAccess: true },
    ],
    [
      'refresh tokens that are used once, at once',
      { RefreshTokenUsage: 'onetimeonly' },
      { refreshTokenUsage: 'oneTimeOnly', refreshTokenReuseInterval: 0 },
    ],
    [
      'enumerations as numbers',
      { RefreshTokenUsage: '1', RefreshTokenExpiration: 0, AccessTokenType: 1 },
      {
        refreshTokenUsage: 'oneTimeOnly',
        refreshTokenExpiration: 'sliding',
        accessTokenType: 'reference',
      },
    ],
    [
      'values that are texts, as .NET takes them',
      { accesstokenlifetime: '60', REQUIREPKCE: 'False' },
      { accessTokenLifetime: 60, requirePkce: false },
    ],
    ['no prefix', { ClientClaimsPrefix: '' }, { clientClaimsPrefix: '' }],
    ['no prefix for null', { ClientClaimsPrefix: null }, { clientClaimsPrefix: '' }],
    ['lists without repeats', { AllowedScopes: ['read', 'read'] }, { allowedScopes: ['read'] }],
    ['lists by position', { AllowedScopes: { '0': 'read' } }, { allowedScopes: ['read'] }],
    [
      'names that programs stumble over',
      { Properties: { __proto__x: 'a', "it's": 'b', 'a "b"': "c'" } },
      { properties: { __proto__x: 'a', "it's": 'b', 'a "b"': "c'" } },
    ],
    [
      'claims with their types',
      {
        Claims: [
          { Type: 'a', Value: '1' },
          { Type: 'a', Value: '2' },
          { Type: 'b', Value: '3', ValueType: 'http://www.w3.org/2001/XMLSchema#integer' },
          { Type: 'c', Value: 'True', ValueType: 'http://www.w3.org/2001/XMLSchema#boolean' },
          { Type: 'd', Value: '{"e":[1]}', ValueType: 'json' },
          { Type: 'f', Value: 'x', ValueType: 'http://www.w3.org/2001/XMLSchema#double' },
        ],
      },
      { claims: { a: ['1', '2'], b: 3, c: true, d: { e: [1] }, f: 'x' } },
    ],
  ])('has %s', async (_what, change, expected) => {
    expect(await clientOf(change)).toMatchObject(expected)
  })

  it('keeps what stands under the name of the prototype', async () => {
    const client = JSON.parse('{ "Properties": { "__proto__": "a" } }') as object
    expect(Object.entries((await clientOf(client))?.properties ?? {})).toEqual([['__proto__', 'a']])
  })
})

describe('a token that lives long', () => {
  it.each([
    [{ AccessTokenLifetime: 2_592_000 }, 2_595_600],
    [{ IdentityTokenLifetime: 2_147_483_647 }, 2_147_487_247],
  ])('%j has its key published for as long', async (lifetime, retentionDuration) => {
    const imported = await importClient(lifetime)
    expect(runText(imported).keyManagement).toEqual({ retentionDuration })
    expect(imported.findings.map(({ severity }) => severity)).toEqual(['info'])
  })

  it('is said of others only', async () => {
    const { text } = await importClient({ AccessTokenLifetime: 86_400 })
    expect(text).not.toContain('keyManagement')
  })
})

describe('a secret', () => {
  it.each([
    ['2027-06-30T12:00:00Z', '2027-06-30T12:00:00Z'],
    ['2027-06-30T12:00:00', '2027-06-30T12:00:00Z'],
    ['2027-06-30', '2027-06-30T00:00:00Z'],
    ['2027-06-30 12:00:00.1234567', '2027-06-30T12:00:00.123Z'],
    ['2027-06-30T12:00:00+02:00', '2027-06-30T10:00:00Z'],
    ['2027-06-30 12:00:00+02', '2027-06-30T10:00:00Z'],
  ])('that ends on %s ends then', async (Expiration, expiration) => {
    const client = await clientOf({ ClientSecrets: [{ ...secret, Expiration }] })
    expect(client?.clientSecrets).toEqual([{ value: secret.Value, expiration }])
  })

  it.each(['infinity', '9999-12-31T23:59:59.9999999'])(
    'that ends on %s does not',
    async (Expiration) => {
      const client = await clientOf({
        ClientSecrets: [{ ...secret, Expiration, Description: 'mine' }],
      })
      expect(client?.clientSecrets).toEqual([{ value: secret.Value, description: 'mine' }])
    },
  )

  it.each(['soon', { Date: '2027-06-30' }])(
    'that ends on %j is left out, because it would not end',
    async (Expiration) => {
      const client = await clientOf({ ClientSecrets: [secret, { ...secret, Expiration }] })
      expect(client?.clientSecrets).toEqual([{ value: secret.Value }])
    },
  )
})

describe('an identity resource', () => {
  const resourcesOf = async (...IdentityResources: object[]) =>
    runText(await importSettings({ ...oneApi, IdentityResources, Clients: [machine] }))
      .identityResources

  it('is just named where it is as the standard has it', async () => {
    expect(await resourcesOf(openid)).toEqual(['openid'])
  })

  it('is spelled out where it differs', async () => {
    expect(await resourcesOf({ Name: 'openid', UserClaims: ['sub'] })).toEqual([
      { name: 'openid', userClaims: ['sub'] },
    ])
  })
})

describe('what is made', () => {
  it('holds no code of the source', async () => {
    const Description = 'A line.\nprocess.exit(1)\u2028process.exit(2)'
    const imported = await importClient({ Description, ClientName: "a'\n\u2028\u202E${b}" })
    expect(imported.text).toContain('    // A line. process.exit(1) process.exit(2)\n')
    expect(imported.text).not.toMatch(/[\u2028\u202E]/)
    expect(runText(imported).clients[0]?.clientName).toBe("a'\n\u2028\u202E${b}")
  })

  it('is the same each time', async () => {
    expect((await importClient(web)).text).toBe((await importClient(web)).text)
  })

  it('asks the environment for the key that a public server needs', async () => {
    expect((await importClient({})).text).toContain(
      "dataKeys: [process.env['BAILIWICK_DATA_KEY'] ?? ''],",
    )
    const local = { ...oneApi, IssuerUri: 'http://localhost:5001', Clients: [machine] }
    expect((await importSettings(local)).text).not.toContain('process')
  })
})
