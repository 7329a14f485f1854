import { defineResources, openid } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { sha256 } from '../../src/index.js'
import type { Client, Grant } from '../../src/index.js'
import { problemsOf } from '../support/problems.js'
import { bodyOf, get, signingKeys, testServer } from '../support/server.js'

const resources = defineResources({
  identityResources: [openid],
  apiScopes: ['read'],
  apiResources: [{ name: 'urn:api', scopes: ['read'] }],
})

// Whether a client may use a grant is decided by its name alone.
const grants = ['authorization_code', 'refresh_token'].map((grantType): Grant => ({
  grantType,
  validate: async () => ({ scopes: undefined }),
}))

const web: Client = {
  clientId: 'web',
  clientSecrets: [{ value: sha256('secret') }],
  allowedGrantTypes: ['authorization_code', 'refresh_token'],
  redirectUris: ['https://app.example.com/callback'],
  allowedScopes: ['openid', 'read'],
  allowOfflineAccess: true,
}

const world = { resources, grants }

/** What is wrong with the client of these tests after a change. */
const problemsWith = (change: Partial<Client>): readonly string[] =>
  problemsOf({ ...world, clients: [{ ...web, ...change }] })

const native = { applicationType: 'native' } as const
const publicClient = { requireClientSecret: false, clientSecrets: [] } as const

const space =
  'it holds a character that no URI has, such as a space: percent-encode it (RFC 3986 section 2.1)'
const relative =
  'it is no absolute URI: write it with its scheme, e.g. https://app.example.com/path'
const insecure = 'it must begin with https://; plain http is for loopback addresses only'
const credentials = 'it must not hold credentials: remove what precedes @'
const fragment = 'it must have no fragment: remove # and what follows'

describe('the check of interactive clients', () => {
  it.each<[string, Partial<Client>]>([
    ['nothing special', {}],
    [
      'everything',
      {
        clientUri: 'https://app.example.com',
        logoUri: 'http://localhost:3000/logo.svg',
        applicationType: 'web',
        redirectUris: [
          'https://app.example.com/callback',
          'https://app.example.com/callback?tenant=a%20b',
          'http://127.0.0.1:3000/callback',
          'http://[::1]/callback',
          'http://localhost',
          'https://user.example.com/@alice',
        ],
        postLogoutRedirectUris: ['https://app.example.com/'],
        allowedCorsOrigins: [
          'https://app.example.com',
          'https://app.example.com:8443',
          'http://localhost:3000',
          'capacitor://localhost',
        ],
        requirePkce: false,
        defaultScopes: ['openid', 'offline_access'],
        authorizationCodeLifetime: 600,
        identityTokenLifetime: 1,
        allowedIdentityTokenSigningAlgorithms: ['EdDSA', 'ES256'],
        refreshTokenUsage: 'oneTimeOnly',
        refreshTokenReuseInterval: 60,
        refreshTokenExpiration: 'sliding',
        absoluteRefreshTokenLifetime: 0,
        slidingRefreshTokenLifetime: 1,
        consentLifetime: 1,
        userSsoLifetime: 1,
        backChannelLogoutUri: 'https://app.example.com/logout?from=server',
        frontChannelLogoutUri: 'https://app.example.com/logout',
      },
    ],
    [
      'a native client',
      {
        ...native,
        ...publicClient,
        refreshTokenReuseInterval: 0,
        refreshTokenUsage: 'reUse',
        redirectUris: ['com.example.app:/callback', 'com.example.app://callback', 'http://[::1]'],
        postLogoutRedirectUris: ['com.example.app:/goodbye'],
      },
    ],
  ])('accepts %s', (_, change) => {
    expect(problemsWith(change)).toEqual([])
  })

  it.each<[uri: string, fault: string, change?: Partial<Client>]>([
    ['/callback', relative],
    ['app.example.com/callback', relative],
    ['https:app.example.com', relative],
    ['https:///app.example.com', relative],
    ['https://app.example.com:port', relative],
    ['', relative],
    ['https://app.example.com/a b', space],
    [' https://app.example.com', space],
    ['https://app.example.com/\n', space],
    ['https://app.example.com\t/', space],
    [String.raw`https://app.example.com\callback`, space],
    ['https://app.example.com/größe', space],
    ['https://app.example.com/<tenant>', space],
    ['https://app.example.com/#callback', fragment],
    ['https://app.example.com/#', fragment],
    ['https://alice:hunter2@app.example.com/', credentials],
    ['https://@app.example.com/', credentials],
    ['com.example.app://alice@callback', credentials, native],
    ['https://*.example.com/callback', 'there are no wildcards'],
    ['https://app.example.com/*', 'there are no wildcards'],
    ['http://app.example.com/callback', insecure],
    ['http://localhost.example.com/callback', insecure],
    ['http://127.0.0.2/callback', insecure],
    ['HTTP://app.example.com/callback', insecure],
    ['javascript:alert(1)', `the scheme 'javascript' leads to no application`],
    ['JavaScript:alert(1)', `the scheme 'javascript' leads to no application`],
    ['data:text/html,hello', `the scheme 'data' leads to no application`, native],
    ['file:///etc/passwd', `the scheme 'file' leads to no application`],
    ['mailto:a@example.com', `the scheme 'mailto' leads to no application`],
    ['ftp://example.com', `the scheme 'ftp' leads to no application`],
    ['blob:https://example.com/1', `the scheme 'blob' leads to no application`],
    ['about:blank', `the scheme 'about' leads to no application`],
    ['ssh://example.com', `the scheme 'ssh' leads to no application`],
    ['tel:+1', `the scheme 'tel' leads to no application`],
    ['view-source:https://example.com', `the scheme 'view-source' leads to no application`],
    ['ws://localhost', `the scheme 'ws' leads to no application`],
    ['wss://example.com', `the scheme 'wss' leads to no application`],
    [
      'com.example.app:/callback',
      `the scheme 'com.example.app' is for applications that are installed on a device`,
    ],
    ['myapp:/callback', `any application could claim the scheme 'myapp'`, native],
  ])('finds %j among the places a browser is sent to', (uri, fault, change = {}) => {
    const uris = ['https://app.example.com/callback', uri]
    const found = problemsWith({ ...change, redirectUris: uris, postLogoutRedirectUris: uris })
    expect(found).toEqual([
      expect.stringContaining(`clients[0].redirectUris[1]: `),
      expect.stringContaining(`clients[0].postLogoutRedirectUris[1]: `),
    ])
    expect(found).toEqual([expect.stringContaining(fault), expect.stringContaining(fault)])
    expect(found.join()).not.toContain('hunter2')
  })

  it.each<[origin: string, fault: string]>([
    ['https://app.example.com/', `write 'https://app.example.com'`],
    ['https://app.example.com/path?query#fragment', `write 'https://app.example.com'`],
    ['https://App.Example.com', `write 'https://app.example.com'`],
    ['HTTPS://app.example.com', `write 'https://app.example.com'`],
    ['https://app.example.com:443', `write 'https://app.example.com'`],
    ['https://alice:hunter2@app.example.com', `write 'https://app.example.com'`],
    ['https://bücher.example', `write 'https://xn--bcher-kva.example'`],
    ['capacitor://Localhost/', `write 'capacitor://localhost'`],
    ['app.example.com', 'it is no origin: write scheme://host or scheme://host:port'],
    ['localhost:3000', 'it is no origin: write scheme://host or scheme://host:port'],
    ['null', 'it is no origin: write scheme://host or scheme://host:port'],
    ['*', 'there are no wildcards: list every origin'],
    ['https://*.example.com', 'there are no wildcards: list every origin'],
  ])('finds the origin %j', (origin, fault) => {
    const found = problemsWith({ allowedCorsOrigins: ['http://localhost', origin] })
    expect(found).toEqual([expect.stringContaining('clients[0].allowedCorsOrigins[1]: ')])
    expect(found).toEqual([expect.stringContaining(fault)])
    expect(found.join()).not.toContain('hunter2')
  })

  it.each<[name: keyof Client, url: string, fault: string]>([
    ['clientUri', 'app.example.com', relative],
    ['clientUri', 'javascript:alert(1)', insecure],
    ['logoUri', 'data:image/svg+xml,x', insecure],
    ['logoUri', 'http://app.example.com/logo.png', insecure],
    ['backChannelLogoutUri', 'https://a:hunter2@app.example.com/', credentials],
    ['backChannelLogoutUri', 'https://app.example.com/#logout', fragment],
    ['frontChannelLogoutUri', 'com.example.app:/logout', insecure],
    ['frontChannelLogoutUri', 'https://app.example.com/log out', space],
  ])('finds a %s that is %j', (name, url, fault) => {
    expect(problemsWith({ [name]: url })).toEqual([`clients[0].${name}: ${fault}`])
  })

  it.each<[change: Partial<Client>, problem: string]>([
    [
      { redirectUris: ['https://a.example/', 'https://b.example/', 'https://a.example/'] },
      'redirectUris[2]: it repeats clients[0].redirectUris[0]: remove one',
    ],
    [
      { redirectUris: [] },
      'redirectUris: a client with authorization_code needs at least one: add where it is called back',
    ],
    [
      { ...publicClient, requirePkce: false },
      'requirePkce: a public client has nothing but PKCE to prove that a code is its own (RFC 9700 section 2.1.1)',
    ],
    [
      { allowedScopes: ['openid'], defaultScopes: ['openid', 'read'] },
      `defaultScopes[1]: 'read' is not among allowedScopes: add it there, or remove it here`,
    ],
    [
      { allowOfflineAccess: false, defaultScopes: ['offline_access'] },
      `defaultScopes[0]: 'offline_access' is not allowed: set allowOfflineAccess, or remove it`,
    ],
    [
      { allowedIdentityTokenSigningAlgorithms: ['ES256', 'HS256' as 'RS256'] },
      `allowedIdentityTokenSigningAlgorithms[1]: 'HS256' is none of RS256, PS256, ES256, EdDSA`,
    ],
    [{ applicationType: 'spa' as 'web' }, `applicationType: 'spa' is none of web, native`],
    [{ accessTokenType: 'opaque' as 'jwt' }, `accessTokenType: 'opaque' is none of jwt, reference`],
    [
      { refreshTokenUsage: 'once' as 'reUse' },
      `refreshTokenUsage: 'once' is none of oneTimeOnly, reUse`,
    ],
    [
      { refreshTokenExpiration: 'never' as 'sliding' },
      `refreshTokenExpiration: 'never' is none of absolute, sliding`,
    ],
    [
      { authorizationCodeLifetime: 601 },
      'authorizationCodeLifetime: a whole number of seconds is needed, from 1 to 600',
    ],
    [
      { refreshTokenReuseInterval: 61 },
      'refreshTokenReuseInterval: a whole number of seconds is needed, from 0 to 60',
    ],
    [
      { refreshTokenReuseInterval: 0.5 },
      'refreshTokenReuseInterval: a whole number of seconds is needed, from 0 to 60',
    ],
    [
      { absoluteRefreshTokenLifetime: 0 },
      `absoluteRefreshTokenLifetime: 0, which means no end, is for refreshTokenExpiration 'sliding'`,
    ],
    [
      { absoluteRefreshTokenLifetime: -1, refreshTokenExpiration: 'sliding' },
      'absoluteRefreshTokenLifetime: a whole number of seconds is needed, at least 0',
    ],
  ])('finds what is wrong with %j', (change, problem) => {
    expect(problemsWith(change)).toEqual([expect.stringContaining(`clients[0].${problem}`)])
  })

  it.each([
    'authorizationCodeLifetime',
    'identityTokenLifetime',
    'slidingRefreshTokenLifetime',
    'consentLifetime',
    'userSsoLifetime',
  ])('finds that %s is no lifetime', (name) => {
    for (const value of [0, -1, 1.5, NaN, Infinity]) {
      expect(problemsWith({ [name]: value })).toEqual([
        expect.stringContaining(`clients[0].${name}: a whole number of seconds`),
      ])
    }
  })

  it('needs a place to be called back for authorization_code only', () => {
    expect(problemsWith({ redirectUris: [], allowedGrantTypes: ['refresh_token'] })).toEqual([])
  })

  it('finds an algorithm for ID tokens that no key exists for', () => {
    const clients = [{ ...web, allowedIdentityTokenSigningAlgorithms: ['RS256', 'EdDSA'] as const }]
    expect(problemsOf({ ...world, clients, signingKeys: [signingKeys[0]] })).toEqual([
      'clients[0].allowedIdentityTokenSigningAlgorithms[1]: no key signs with EdDSA: add one to signingKeys or remove the algorithm',
    ])
  })
})

describe('keys that are made at start', () => {
  it('cover the algorithms that clients ask for', async () => {
    const clients = [{ ...web, allowedIdentityTokenSigningAlgorithms: ['ES256', 'EdDSA'] as const }]
    const server = testServer({
      ...world,
      clients,
      signingKeys: [],
      defaultSigningAlgorithm: 'EdDSA',
    })
    const { keys } = bodyOf(await get(server, '/.well-known/jwks.json'))
    expect(keys).toEqual([
      expect.objectContaining({ alg: 'EdDSA' }),
      expect.objectContaining({ alg: 'ES256' }),
    ])
  })
})
