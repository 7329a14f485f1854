import { isDeepStrictEqual } from 'node:util'
import { sha256 } from '@bailiwick/core'
import { describe, expect, it } from 'vitest'
import type { Imported } from '../../src/import/import-identity-server.js'
import { importRules } from '../../src/import/rules.js'
import {
  importClient,
  importSettings,
  machine,
  oneApi,
  openid,
  runText,
} from '../support/import/import-from.js'

const found = ({ findings }: Imported): readonly string[] =>
  findings.map(({ ruleId, path }) => `${ruleId} ${path}`)

/** What is found at every IdentityServer of these tests. */
const always = 'outside-configuration IdentityServer'

const client = 'IdentityServer.Clients[0]'

const web = {
  AllowedGrantTypes: ['authorization_code'],
  RedirectUris: ['https://app.example.com/callback'],
} as const

const spa = { ...web, ClientSecrets: [], RequireClientSecret: false } as const

const foundAtClient: readonly (readonly [rule: string, path: string, change: object])[] = [
  ['left-out', `${client}.ProtocolType`, { ProtocolType: 'wsfed' }],
  ['left-out', `${client}.ClientId`, { ClientId: '' }],
  ['refused', `${client}.RedirectUris[0]`, { RedirectUris: ['http://app.example.com/callback'] }],
  ['refused', `${client}.AllowedScopes[1]`, { AllowedScopes: ['read', 'raed'] }],
  [
    'refused',
    `${client}.Claims[1]`,
    {
      Claims: [
        { Type: 'a', Value: '1' },
        { Type: 'sub', Value: '2' },
      ],
      ClientClaimsPrefix: '',
    },
  ],
  ['refused', `${client}.RequirePkce`, { ...spa, RequirePkce: false }],
  ['unreadable-value', `${client}.AccessTokenLifetime`, { AccessTokenLifetime: 'an hour' }],
  ['unreadable-value', `${client}.RequireConsent`, { RequireConsent: 'maybe' }],
  ['unreadable-value', `${client}.AccessTokenType`, { AccessTokenType: 'Opaque' }],
  ['unreadable-value', `${client}.ClientName`, { ClientName: { en: 'Machine' } }],
  ['unreadable-value', `${client}.RedirectUris`, { RedirectUris: 'https://app.example.com' }],
  ['unreadable-value', `${client}.AccessTokenLifetime`, { AccessTokenLifetime: 2_147_483_648 }],
  ['unreadable-value', `${client}.ClientClaimsPrefix`, { ClientClaimsPrefix: { en: 'c_' } }],
  ['unreadable-value', `${client}.Claims[0]`, { Claims: ['admin'] }],
  ['unreadable-value', `${client}.Properties.team`, { Properties: { team: ['a'] } }],
  [
    'unreadable-value',
    `${client}.ClientSecrets[1].Expiration`,
    {
      ClientSecrets: [
        ...machine.ClientSecrets,
        { ...machine.ClientSecrets[0], Expiration: '31.12.2027' },
      ],
    },
  ],
  [
    'grant-type',
    `${client}.AllowedGrantTypes[1]`,
    { AllowedGrantTypes: ['client_credentials', 'password'] },
  ],
  ['public-client-credentials', `${client}.AllowedGrantTypes[0]`, { RequireClientSecret: false }],
  [
    'secret-kind',
    `${client}.ClientSecrets[1]`,
    { ClientSecrets: [...machine.ClientSecrets, { Type: 'X509Thumbprint', Value: 'never-shown' }] },
  ],
  [
    'secret-hash',
    `${client}.ClientSecrets[1]`,
    { ClientSecrets: [...machine.ClientSecrets, { Value: 'never-shown' }] },
  ],
  ['sender-constraint', `${client}.RequireDPoP`, { RequireDPoP: true }],
  ['request-protection', `${client}.RequireRequestObject`, { RequireRequestObject: 'True' }],
  [
    'request-protection',
    `${client}.RequirePushedAuthorization`,
    { RequirePushedAuthorization: true },
  ],
  ['login-restriction', `${client}.EnableLocalLogin`, { EnableLocalLogin: false }],
  [
    'login-restriction',
    `${client}.IdentityProviderRestrictions`,
    { IdentityProviderRestrictions: ['google'] },
  ],
  ['unknown-property', `${client}.AllowedScope`, { AllowedScope: ['read'] }],
  [
    'unknown-property',
    `${client}.ClientSecrets[0].Owner`,
    { ClientSecrets: [{ ...machine.ClientSecrets[0], Owner: 'never-shown' }] },
  ],
  ['refresh-token-rotation', `${client}.RefreshTokenUsage`, { ...spa, AllowOfflineAccess: true }],
  ['refresh-token-replay', 'Clients', { ...web, AllowOfflineAccess: true, RefreshTokenUsage: 1 }],
  ['claims-on-refresh', 'Clients', { ...web, AllowOfflineAccess: true }],
  ['redirect-uri-case', 'Clients', web],
  ['plain-pkce', `${client}.AllowPlainTextPkce`, { AllowPlainTextPkce: true }],
  [
    'code-lifetime',
    `${client}.AuthorizationCodeLifetime`,
    { ...web, AuthorizationCodeLifetime: 3600 },
  ],
  [
    'application-type',
    `${client}.RedirectUris[1]`,
    { ...web, RedirectUris: ['http://127.0.0.1/callback', 'com.example.app:/callback'] },
  ],
  [
    'session-coordination',
    `${client}.CoordinateLifetimeWithUserSession`,
    { CoordinateLifetimeWithUserSession: true },
  ],
  ['disabled', client, { Enabled: false }],
  ['unused-setting', `${client}.IncludeJwtId`, { IncludeJwtId: false }],
  ['unused-setting', `${client}.Description`, { Description: 'Ask the team first.' }],
  ['unused-setting', `${client}.DPoPClockSkew`, { DPoPClockSkew: '00:01:00' }],
  ['restated-default', `${client}.DeviceCodeLifetime`, { DeviceCodeLifetime: 300 }],
  [
    'offline-access-scope',
    `${client}.AllowedScopes[1]`,
    { AllowedScopes: ['read', 'offline_access'] },
  ],
]

const foundElsewhere: readonly (readonly [rule: string, path: string, change: object])[] = [
  ['issuer', 'IssuerUri', { IssuerUri: '' }],
  ['issuer', 'IssuerUri', { IssuerUri: 'urn:sso' }],
  [
    'server-option',
    'IdentityServer.Authentication.CookieLifetime',
    { Authentication: { CookieLifetime: '08:00:00' } },
  ],
  [
    'scope-format',
    'IdentityServer.EmitScopesAsSpaceDelimitedStringInJwt',
    { EmitScopesAsSpaceDelimitedStringInJwt: true },
  ],
  [
    'left-out',
    'IdentityServer.IdentityResources[1]',
    { IdentityResources: [openid, { Name: 'roles' }] },
  ],
  [
    'left-out',
    'IdentityServer.ApiScopes[1].Name',
    { ApiScopes: [{ Name: 'read' }, { Name: 'READ' }, { Name: 'read' }].toSpliced(1, 1) },
  ],
  [
    'refused',
    'IdentityServer.ApiResources[0].AllowedAccessTokenSigningAlgorithms[0]',
    {
      ApiResources: [
        {
          Name: 'urn:api',
          Scopes: ['read'],
          AllowedAccessTokenSigningAlgorithms: ['RS512', 'ES256'],
        },
      ],
    },
  ],
  [
    'refused',
    'IdentityServer.ApiResources[0].Scopes[0]',
    { ApiResources: [{ Name: 'urn:api', Scopes: ['wirte', 'read'] }] },
  ],
  [
    'introspection-audience',
    'ApiResources',
    { ApiResources: [{ Name: 'urn:api', Scopes: ['read'], ApiSecrets: machine.ClientSecrets }] },
  ],
  [
    'unknown-property',
    'IdentityServer.ApiScopes[0].Scope',
    { ApiScopes: [{ Name: 'read', Scope: 'read' }] },
  ],
]

const importWith = (change: object): Promise<Imported> =>
  importSettings({ IdentityServer: { ...oneApi, Clients: [machine], ...change } })

/** Every property of a client, with a value that it does not have by default. */
const everyProperty: Readonly<Record<string, unknown>> = {
  Enabled: false,
  ClientId: 'other',
  ProtocolType: 'saml2p',
  ClientSecrets: [...machine.ClientSecrets, { Value: sha256('another') }],
  RequireClientSecret: false,
  ClientName: 'a',
  Description: 'a',
  ClientUri: 'https://a.example',
  LogoUri: 'https://a.example',
  RequireConsent: true,
  AllowRememberConsent: false,
  AllowedGrantTypes: ['password'],
  RequirePkce: false,
  AllowPlainTextPkce: true,
  RequireRequestObject: true,
  AllowAccessTokensViaBrowser: true,
  RequireDPoP: true,
  DPoPValidationMode: 'Nonce',
  DPoPClockSkew: '00:01:00',
  RedirectUris: ['https://a.example'],
  PostLogoutRedirectUris: ['https://a.example'],
  FrontChannelLogoutUri: 'https://a.example',
  FrontChannelLogoutSessionRequired: false,
  BackChannelLogoutUri: 'https://a.example',
  BackChannelLogoutSessionRequired: false,
  AllowOfflineAccess: true,
  AllowedScopes: [],
  AlwaysIncludeUserClaimsInIdToken: true,
  IdentityTokenLifetime: 1,
  AllowedIdentityTokenSigningAlgorithms: ['ES256'],
  AccessTokenLifetime: 1,
  AuthorizationCodeLifetime: 1,
  AbsoluteRefreshTokenLifetime: 1,
  SlidingRefreshTokenLifetime: 1,
  ConsentLifetime: 1,
  PushedAuthorizationLifetime: 1,
  RequirePushedAuthorization: true,
  RefreshTokenUsage: 'OneTimeOnly',
  RefreshTokenExpiration: 'Sliding',
  AccessTokenType: 'Reference',
  EnableLocalLogin: false,
  IdentityProviderRestrictions: ['a'],
  IncludeJwtId: false,
  Claims: [{ Type: 'a', Value: 'b' }],
  AlwaysSendClientClaims: true,
  ClientClaimsPrefix: 'a_',
  PairWiseSubjectSalt: 'a',
  UserSsoLifetime: 1,
  UserCodeType: 'a',
  DeviceCodeLifetime: 1,
  CibaLifetime: 1,
  PollingInterval: 1,
  CoordinateLifetimeWithUserSession: true,
  AllowedCorsOrigins: ['https://a.example'],
  InitiateLoginUri: 'https://a.example',
  Properties: { a: 'b' },
}

describe('an import', () => {
  it.each(Object.entries(everyProperty))('does not lose %s without a word', async (name, value) => {
    const before = await importClient({ [name]: name === 'AllowedScopes' ? ['read'] : undefined })
    const after = await importClient({ [name]: value })
    const isCarried = !isDeepStrictEqual(runText(after).clients, runText(before).clients)
    const isNamed = found(after).some((finding) => finding.includes(` ${client}.${name}`))
    expect({ [name]: isCarried || isNamed }).toEqual({ [name]: true })
  })

  it('finds nothing else where everything has a counterpart', async () => {
    const imported = await importClient({})
    expect(found(imported)).toEqual([always])
    expect(imported.lint).toEqual([])
  })

  it.each(foundAtClient)('finds %s at %s', async (rule, path, change) => {
    const imported = await importClient(change)
    expect(found(imported)).toContain(`${rule} ${path}`)
    expect(JSON.stringify(imported)).not.toContain('never-shown')
  })

  it.each(foundElsewhere)('finds %s at %s', async (rule, path, change) => {
    expect(found(await importWith(change))).toContain(`${rule} ${path}`)
  })

  it('has an example for everything that it finds', () => {
    const ids = [...foundAtClient, ...foundElsewhere].map(([rule]) => rule)
    // Rows of other kinds are in databases only.
    expect(new Set([...ids, 'other-entries', 'outside-configuration'])).toEqual(
      new Set(importRules.map(({ id }) => id)),
    )
  })

  it('says what the server says of a value that it refuses', async () => {
    const { findings } = await importClient({
      ...web,
      RedirectUris: [...web.RedirectUris, 'https://*.example.com'],
    })
    expect(findings.find(({ ruleId }) => ruleId === 'refused')).toEqual({
      ruleId: 'refused',
      severity: 'error',
      path: `${client}.RedirectUris[1]`,
      message: 'it is compared character by character, so there are no wildcards',
      why: expect.stringMatching(/^A server does not start/) as string,
      fix: 'list every URI (RFC 9700 section 4.1.3)',
      url: 'docs/reference/import.md#refused',
    })
  })

  it('takes out claims whatever they are called', async () => {
    const names = ['sub', 'a.b[0]', 'x\ny', 'iss']
    const Claims = names.map((Type) => ({ Type, Value: '1' }))
    const imported = await importClient({ Claims, ClientClaimsPrefix: '' })
    expect(runText(imported).clients[0]?.claims).toEqual({ 'a.b[0]': '1', 'x\ny': '1' })
  })

  it('takes out what refers to an entry that is left out, and shows the entry below', async () => {
    const imported = await importWith({
      IdentityResources: [{ Name: 'roles' }],
      Clients: [{ ...machine, AllowedScopes: ['roles', 'read'] }],
    })
    expect(found(imported)).toContain(`refused ${client}.AllowedScopes[0]`)
    expect(runText(imported).clients[0]?.allowedScopes).toEqual(['read'])
    expect(imported.text).toContain("// identityResources: [{ name: 'roles', userClaims: [] }]\n")
  })

  it('repeats neither hashes nor passwords in what it reports', async () => {
    const { findings, lint } = await importClient({
      ClientSecrets: [{ Value: 'never-shown' }, ...machine.ClientSecrets, machine.ClientSecrets[0]],
    })
    const report = JSON.stringify([findings, lint])
    expect(report).not.toContain('never-shown')
    expect(report).not.toContain(machine.ClientSecrets[0].Value)
  })
})
