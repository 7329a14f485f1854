import { sha256 } from '@bailiwick/core'
import { describe, expect, it } from 'vitest'
import { checkConfiguration } from '../../src/configuration/check-configuration.js'
import { lintConfiguration } from '../../src/index.js'
import { completeExample, lintTime } from '../support/lint-examples.js'

/** What differs from an example of the documentation, and the paths at which a rule finds something in it. */
type Case = readonly [what: string, example: object, paths: readonly string[]]

const issuer = 'https://id.example.com'
const web = { clientId: 'web' }
const batch = { clientId: 'batch', allowedGrantTypes: ['client_credentials'] }
const refreshing = {
  ...web,
  allowedGrantTypes: ['authorization_code', 'refresh_token'],
  allowOfflineAccess: true,
}
const native = { ...web, applicationType: 'native', requireClientSecret: false }
const soon = '2026-12-31T00:00:00Z'
const past = '2026-11-30T23:59:59Z'

const secret = (name: string, expiration?: string) => ({
  value: sha256(name),
  ...(expiration !== undefined && { expiration }),
})

const api = (name: string, changes: object = {}) => ({
  name,
  scopes: ['invoice.read'],
  ...changes,
})

const cases: Readonly<Record<string, readonly Case[]>> = {
  'no-valid-secret': [
    [
      'an API',
      { apiResources: [api('urn:a', { secrets: [secret('x', past)] })] },
      ['apiResources[0].secrets'],
    ],
    [
      'a secret that expires at this moment',
      { clients: [{ ...web, clientSecrets: [secret('x', lintTime.toISOString())] }] },
      ['clients[0].clientSecrets'],
    ],
    [
      'a public client, which needs none',
      {
        clients: [{ ...web, requireClientSecret: false, clientSecrets: [secret('x', past)] }],
      },
      [],
    ],
    [
      'a disabled client',
      { clients: [{ ...web, enabled: false, clientSecrets: [secret('x', past)] }] },
      [],
    ],
  ],
  'guessable-secret': [
    [
      'the id of the client',
      { issuer, clients: [{ ...web, clientSecrets: [secret('long'), secret('web')] }] },
      ['clients[0].clientSecrets[1].value'],
    ],
    [
      'an API',
      { issuer, apiResources: [api('urn:a', { secrets: [secret('api secret')] })] },
      ['apiResources[0].secrets[0].value'],
    ],
    ['no issuer', { clients: [{ ...web, clientSecrets: [secret('secret')] }] }, []],
  ],
  'development-users': [['no users', { issuer, users: [] }, []]],
  'reusable-public-refresh-token': [
    [
      'no refresh tokens',
      { clients: [{ ...web, requireClientSecret: false, refreshTokenUsage: 'reUse' }] },
      [],
    ],
  ],
  'unreachable-scope': [
    [
      'a client without a grant that gives it',
      {
        identityResources: ['openid'],
        clients: [
          { ...batch, allowedScopes: ['openid', 'invoice.read'] },
          { ...web, allowedGrantTypes: ['refresh_token'], clientId: 'other' },
        ],
      },
      ['identityResources[0]'],
    ],
    [
      'disabled clients and scopes',
      {
        apiScopes: ['invoice.read', { name: 'invoice.pay', enabled: false }],
        clients: [{ ...batch, enabled: false }],
      },
      ['apiScopes[0]'],
    ],
    [
      'a scope that is implied by way of another',
      {
        apiScopes: [
          'invoice.list',
          { name: 'invoice.read', implies: ['invoice.list'] },
          { name: 'invoice.pay', implies: ['invoice.read'] },
        ],
        clients: [{ ...batch, allowedScopes: ['invoice.pay'] }],
      },
      [],
    ],
  ],
  'scope-without-audience': [
    ['a disabled API', { apiResources: [api('urn:a', { enabled: false })] }, ['apiScopes[0]']],
    ['an audience for all', { emitStaticAudienceClaim: true }, []],
  ],
  'scope-outside-allowed-resources': [
    [
      'no resource at all',
      { apiResources: [api('urn:a'), api('urn:b')], clients: [{ ...batch, allowedResources: [] }] },
      ['clients[0].allowedScopes[0]'],
    ],
    [
      'a scope in no API, which another rule finds',
      {
        apiResources: [api('urn:a', { scopes: [] })],
        clients: [{ ...batch, allowedResources: [] }],
      },
      [],
    ],
  ],
  'unreachable-api': [
    [
      'an API without scopes',
      { apiResources: [{ name: 'urn:a' }], clients: [batch] },
      ['apiResources[0]'],
    ],
    [
      'a client that is kept away',
      {
        apiResources: [api('urn:a'), api('urn:b')],
        clients: [{ ...batch, allowedResources: ['urn:b'] }],
      },
      ['apiResources[0]'],
    ],
    [
      'a disabled scope',
      {
        apiScopes: [{ name: 'invoice.read', enabled: false }],
        apiResources: [api('urn:a')],
        clients: [batch],
      },
      ['apiResources[0]'],
    ],
  ],
  'useless-client': [
    ['no grant', { clients: [{ ...batch, allowedGrantTypes: [] }] }, ['clients[0]']],
    [
      'nothing but refreshing',
      { clients: [{ ...batch, allowedGrantTypes: ['refresh_token'] }] },
      ['clients[0]'],
    ],
    [
      'nothing but identity resources without a user',
      { identityResources: ['openid'], clients: [{ ...batch, allowedScopes: ['openid'] }] },
      ['clients[0]'],
    ],
  ],
  'isolated-scopes-shared': [
    [
      'an open API with scopes of its own as well',
      {
        apiScopes: ['read', 'write'],
        apiResources: [
          { name: 'urn:a', scopes: ['write', 'read'] },
          { name: 'urn:b', scopes: ['read'], requireResourceIndicator: true },
        ],
      },
      ['apiResources[1]'],
    ],
    [
      'scopes that are shared with two others',
      {
        apiScopes: ['read', 'write'],
        apiResources: [
          { name: 'urn:a', scopes: ['read'] },
          { name: 'urn:b', scopes: ['write'] },
          { name: 'urn:c', scopes: ['read', 'write'], requireResourceIndicator: true },
        ],
      },
      ['apiResources[2]'],
    ],
    [
      'no scope',
      {
        apiResources: [api('urn:a'), { name: 'urn:b', requireResourceIndicator: true }],
      },
      [],
    ],
  ],
  'algorithm-disagreement': [
    [
      'an API that takes anything',
      {
        apiResources: [
          api('urn:a'),
          api('urn:b', { allowedAccessTokenSigningAlgorithms: ['ES256'] }),
          api('urn:c'),
        ],
        clients: [batch],
      },
      [],
    ],
    [
      'APIs without a scope in common, of one client',
      {
        apiScopes: ['read', 'write'],
        apiResources: [
          { name: 'urn:a', scopes: ['read'], allowedAccessTokenSigningAlgorithms: ['RS256'] },
          { name: 'urn:b', scopes: ['write'], allowedAccessTokenSigningAlgorithms: ['ES256'] },
        ],
        clients: [batch],
      },
      ['apiResources[1].allowedAccessTokenSigningAlgorithms'],
    ],
    [
      'APIs of different clients',
      {
        apiScopes: ['read', 'write'],
        apiResources: [
          { name: 'urn:a', scopes: ['read'], allowedAccessTokenSigningAlgorithms: ['RS256'] },
          { name: 'urn:b', scopes: ['write'], allowedAccessTokenSigningAlgorithms: ['ES256'] },
        ],
        clients: [
          { ...batch, allowedScopes: ['read'] },
          { ...batch, clientId: 'other', allowedScopes: ['write'] },
        ],
      },
      [],
    ],
    [
      'a client with reference tokens, and an API that takes anything',
      {
        apiResources: [
          api('urn:a', { allowedAccessTokenSigningAlgorithms: ['RS256'] }),
          api('urn:b', { allowedAccessTokenSigningAlgorithms: ['ES256'] }),
          api('urn:c', { allowedAccessTokenSigningAlgorithms: [] }),
        ],
        clients: [{ ...batch, accessTokenType: 'reference' }],
      },
      [],
    ],
  ],
  'ambiguous-audience': [
    [
      'the issuer, and the audience of all tokens',
      {
        issuer,
        emitStaticAudienceClaim: true,
        apiResources: [api(`${issuer}/`), api(`${issuer}/resources`)],
      },
      ['apiResources[0]', 'apiResources[1]'],
    ],
    ['no such audience', { issuer, apiResources: [api(`${issuer}/resources`)] }, []],
  ],
  'api-without-secret': [
    [
      'a client that does not reach it',
      {
        apiScopes: ['read', 'write'],
        apiResources: [{ name: 'urn:a', scopes: ['read'] }],
        clients: [{ ...batch, accessTokenType: 'reference', allowedScopes: ['write'] }],
      },
      [],
    ],
  ],
  'disabled-reference': [
    [
      'every list that may name it',
      {
        identityResources: ['openid', { name: 'roles', userClaims: ['role'], enabled: false }],
        apiScopes: [
          { name: 'read', enabled: false },
          { name: 'write', implies: ['read'] },
        ],
        apiResources: [
          { name: 'urn:a', scopes: ['write', 'read'] },
          { name: 'urn:b', scopes: ['read'], enabled: false },
        ],
        clients: [
          {
            ...web,
            allowedScopes: ['roles', 'write'],
            defaultScopes: ['roles'],
            allowedResources: ['urn:b'],
          },
        ],
      },
      [
        'clients[0].allowedScopes[0]',
        'clients[0].defaultScopes[0]',
        'apiResources[0].scopes[1]',
        'apiScopes[1].implies[0]',
        'clients[0].allowedResources[0]',
      ],
    ],
  ],
  'similar-names': [
    [
      'names of every kind',
      {
        identityResources: ['profile', { name: 'roles', userClaims: ['role', 'Role'] }],
        apiScopes: ['Profile', 'invoice.read'],
        apiResources: [api('https://api.example.com'), api('https://api.example.com/')],
        clients: [batch, { ...batch, clientId: 'b\u0430tch' }],
      },
      ['apiScopes[0]', 'apiResources[1]', 'clients[1]', 'identityResources[1].userClaims[1]'],
    ],
    [
      'the same claim at several places, and the same name for different kinds',
      {
        identityResources: [{ name: 'roles', userClaims: ['department'] }],
        apiScopes: [{ name: 'read', userClaims: ['department'] }],
        apiResources: [{ name: 'READ', scopes: ['read'], userClaims: ['department'] }],
      },
      [],
    ],
  ],
  'implies-cycle': [
    [
      'a scope that implies itself',
      { apiScopes: [{ name: 'read', implies: ['read'] }] },
      ['apiScopes[0].implies[0]'],
    ],
    [
      'a circle of three',
      {
        apiScopes: [
          { name: 'a', implies: ['b'] },
          { name: 'b', implies: ['c'] },
          { name: 'c', implies: ['a'] },
        ],
      },
      ['apiScopes[2].implies[0]'],
    ],
  ],
  'unknown-claim': [
    [
      'every kind of resource',
      {
        identityResources: [{ name: 'roles', userClaims: ['x'] }],
        apiScopes: [{ name: 'read', userClaims: ['y', 'sub'] }],
        apiResources: [{ name: 'urn:a', userClaims: ['email', 'z'] }],
        users: [{ subject: '1' }],
      },
      [
        'identityResources[0].userClaims[0]',
        'apiScopes[0].userClaims[0]',
        'apiResources[0].userClaims[1]',
      ],
    ],
    ['no users', { apiScopes: [{ name: 'read', userClaims: ['y'] }] }, []],
  ],
  'protocol-claim': [
    [
      'every kind of resource',
      {
        identityResources: [{ name: 'roles', userClaims: ['sub', 'acr'] }],
        apiResources: [{ name: 'urn:a', userClaims: ['aud'] }],
      },
      ['identityResources[0].userClaims[1]', 'apiResources[0].userClaims[0]'],
    ],
  ],
  'loopback-redirect': [
    [
      'a native client',
      { issuer, clients: [{ ...native, redirectUris: ['http://127.0.0.1/cb'] }] },
      [],
    ],
    [
      'an address that only begins like one',
      {
        issuer,
        clients: [
          { ...web, redirectUris: ['https://localhost.example.com/cb', 'http://[::1]/cb'] },
        ],
      },
      ['clients[0].redirectUris[1]'],
    ],
  ],
  'open-redirect-parameter': [
    [
      'other spellings',
      {
        clients: [
          {
            ...web,
            redirectUris: ['returnUrl', 'redirect_uri', 'NEXT', 'returning'].map(
              (name) => `https://app.example.com/?${name}=/`,
            ),
          },
        ],
      },
      ['clients[0].redirectUris[0]', 'clients[0].redirectUris[1]', 'clients[0].redirectUris[2]'],
    ],
  ],
  'unused-redirect-uris': [
    [
      'where to go after signing out',
      { clients: [{ ...batch, postLogoutRedirectUris: ['https://app.example.com/'] }] },
      ['clients[0].postLogoutRedirectUris'],
    ],
  ],
  'consent-skipped': [
    [
      'a server for development',
      {
        issuer: 'http://127.0.0.1:5001',
        clients: [{ ...web, redirectUris: ['https://partner.example.net/cb'] }],
      },
      [],
    ],
    [
      'a loopback address, a private scheme, no issuer and an own site',
      {
        clients: [
          { ...native, redirectUris: ['http://127.0.0.1/cb', 'com.example.app:/cb'] },
          { ...web, clientId: 'partner', redirectUris: ['https://partner.example.net/cb'] },
        ],
      },
      [],
    ],
    [
      'a host that is longer or shorter than that of the issuer',
      {
        issuer,
        clients: [
          { ...web, redirectUris: ['https://example.com/cb', 'https://a.b.example.com/cb'] },
          { ...web, clientId: 'no-user', allowedGrantTypes: ['client_credentials'] },
        ],
      },
      [],
    ],
  ],
  'refresh-without-offline-access': [
    [
      'a client without users, whatever it says',
      {
        clients: [
          {
            ...batch,
            allowedGrantTypes: ['client_credentials', 'refresh_token'],
            allowOfflineAccess: true,
          },
        ],
      },
      ['clients[0].allowedGrantTypes[1]'],
    ],
  ],
  'endless-refresh-token': [
    [
      'no refresh tokens',
      {
        clients: [{ ...web, refreshTokenExpiration: 'sliding', absoluteRefreshTokenLifetime: 0 }],
      },
      [],
    ],
  ],
  'long-access-token': [
    [
      '24 hours and a second more',
      {
        clients: [
          { ...batch, accessTokenLifetime: 86_400 },
          { ...batch, clientId: 'other', accessTokenLifetime: 86_401 },
        ],
      },
      ['clients[1].accessTokenLifetime'],
    ],
  ],
  'browser-client-without-cors': [
    [
      'one redirect URI at the server itself',
      {
        issuer,
        clients: [
          {
            ...web,
            requireClientSecret: false,
            redirectUris: ['https://app.example.com/cb', `${issuer}/app`],
          },
        ],
      },
      [],
    ],
    ['a native client', { clients: [{ ...native, redirectUris: ['http://127.0.0.1/cb'] }] }, []],
    ['a client with a secret', { clients: [web] }, []],
  ],
  'expired-secret': [
    [
      'one that expires at this moment',
      {
        clients: [
          { ...web, clientSecrets: [secret('y'), secret('x', lintTime.toISOString())] },
          { ...batch, clientSecrets: [secret('z', lintTime.toISOString())] },
        ],
      },
      ['clients[0].clientSecrets[1]'],
    ],
  ],
  'unprefixed-client-claims': [
    ['no claims', { clients: [{ ...batch, clientClaimsPrefix: '' }] }, []],
    ['the usual prefix', { clients: [{ ...batch, claims: { tier: 'gold' } }] }, []],
  ],
  'expiring-secret': [
    [
      'one that expires at this moment',
      { clients: [{ ...web, clientSecrets: [secret('x', lintTime.toISOString())] }] },
      [],
    ],
    [
      'an API, and the longest of several secrets',
      {
        apiResources: [api('urn:a', { secrets: [secret('y', past), secret('x', soon)] })],
      },
      ['apiResources[0].secrets[1].expiration'],
    ],
    [
      'a second after 30 days',
      { clients: [{ ...web, clientSecrets: [secret('x', '2026-12-31T00:00:01Z')] }] },
      [],
    ],
    ['one that has expired', { clients: [{ ...web, clientSecrets: [secret('x', past)] }] }, []],
  ],
  'shared-secret': [
    [
      'one client twice, and an API',
      {
        apiResources: [api('urn:a', { secrets: [secret('x')] })],
        clients: [{ ...web, clientSecrets: [secret('x'), secret('x')] }],
      },
      ['clients[0].clientSecrets[1]', 'apiResources[0].secrets[0]'],
    ],
  ],
  'setting-without-effect': [
    [
      'ID tokens with a user or with openid, but not with both',
      {
        identityResources: ['openid'],
        clients: [
          { ...web, allowedScopes: ['invoice.read'], identityTokenLifetime: 60 },
          { ...batch, identityTokenLifetime: 60, alwaysIncludeUserClaimsInIdToken: true },
          {
            ...web,
            clientId: 'other',
            allowedScopes: ['invoice.read'],
            alwaysIncludeUserClaimsInIdToken: true,
          },
        ],
      },
      [
        'clients[0].identityTokenLifetime',
        'clients[1].identityTokenLifetime',
        'clients[1].alwaysIncludeUserClaimsInIdToken',
        'clients[2].alwaysIncludeUserClaimsInIdToken',
      ],
    ],
    [
      'a refresh token that may lie unused until its end',
      {
        clients: [
          {
            ...refreshing,
            refreshTokenExpiration: 'sliding',
            slidingRefreshTokenLifetime: 60,
            absoluteRefreshTokenLifetime: 60,
          },
          {
            ...refreshing,
            clientId: 'endless',
            refreshTokenExpiration: 'sliding',
            slidingRefreshTokenLifetime: 60,
            absoluteRefreshTokenLifetime: 0,
          },
        ],
      },
      ['clients[0].slidingRefreshTokenLifetime'],
    ],
    [
      'every setting that needs another',
      {
        clients: [
          {
            ...batch,
            allowedGrantTypes: ['client_credentials'],
            requireConsent: true,
            allowRememberConsent: true,
            consentLifetime: 60,
            defaultScopes: ['invoice.read'],
            userSsoLifetime: 60,
            identityTokenLifetime: 60,
            alwaysIncludeUserClaimsInIdToken: true,
            refreshTokenReuseInterval: 5,
            slidingRefreshTokenLifetime: 60,
          },
          { ...web, claims: { tier: 'gold' } },
        ],
      },
      [
        'clients[0].slidingRefreshTokenLifetime',
        'clients[0].refreshTokenReuseInterval',
        'clients[0].requireConsent',
        'clients[0].allowRememberConsent',
        'clients[0].consentLifetime',
        'clients[0].defaultScopes',
        'clients[0].userSsoLifetime',
        'clients[0].identityTokenLifetime',
        'clients[0].alwaysIncludeUserClaimsInIdToken',
        'clients[1].claims',
      ],
    ],
    [
      'every one of them with what it needs',
      {
        identityResources: ['openid'],
        clients: [
          {
            ...refreshing,
            requireClientSecret: false,
            requireConsent: true,
            allowRememberConsent: true,
            consentLifetime: 60,
            defaultScopes: ['openid'],
            userSsoLifetime: 60,
            identityTokenLifetime: 60,
            alwaysIncludeUserClaimsInIdToken: true,
            refreshTokenReuseInterval: 5,
            refreshTokenExpiration: 'sliding',
            slidingRefreshTokenLifetime: 60,
            claims: { tier: 'gold' },
            alwaysSendClientClaims: true,
          },
        ],
      },
      [],
    ],
  ],
  'scope-without-display-name': [
    [
      'only what may be asked about',
      {
        identityResources: ['openid', { name: 'roles', userClaims: ['role'] }],
        apiScopes: ['read', 'write'],
        clients: [
          { ...web, requireConsent: true, allowedScopes: ['openid', 'roles', 'write'] },
          { ...batch, requireConsent: true, allowedScopes: ['read'] },
        ],
      },
      ['identityResources[1]', 'apiScopes[1]'],
    ],
  ],
}

describe.each(Object.entries(cases))('the rule %s', (id, rows) => {
  it.each(rows)('%s', (_what, example, paths) => {
    const configuration = checkConfiguration(completeExample({ ...example }), {
      defaultIssuer: 'http://127.0.0.1:5001',
    })
    const findings = lintConfiguration(configuration, { now: lintTime })
    expect(findings.filter(({ ruleId }) => ruleId === id).map(({ path }) => path)).toEqual(paths)
  })
})

describe('lintConfiguration', () => {
  it('tells the worst first', () => {
    const configuration = checkConfiguration(
      completeExample({
        apiResources: [{ name: 'invoices' }],
        clients: [{ ...web, clientSecrets: [secret('x', past)] }],
      }),
      { defaultIssuer: issuer },
    )
    const found = lintConfiguration(configuration, { now: lintTime })
    expect(found.map(({ severity, ruleId }) => `${severity} ${ruleId}`)).toEqual([
      'error no-valid-secret',
      'warning scope-without-audience',
      'warning unreachable-api',
      'info unnameable-api',
    ])
  })

  it('says what comes of algorithms that do not agree', () => {
    const disagreeing = (scopes: readonly string[]): string | undefined => {
      const example = completeExample({
        apiScopes: ['read', 'write'],
        apiResources: [
          { name: 'urn:a', scopes, allowedAccessTokenSigningAlgorithms: ['RS256'] },
          { name: 'urn:b', scopes: ['write'], allowedAccessTokenSigningAlgorithms: ['ES256'] },
        ],
        clients: [batch],
      })
      const configuration = checkConfiguration(example, { defaultIssuer: issuer })
      return lintConfiguration(configuration, { now: lintTime }).find(
        ({ ruleId }) => ruleId === 'algorithm-disagreement',
      )?.message
    }
    const votes = `'urn:a' takes RS256 and 'urn:b' takes ES256`
    expect(disagreeing(['read'])).toBe(`${votes}: a request for scopes of both is refused`)
    expect(disagreeing(['read', 'write'])).toBe(
      `${votes}: every request for 'write' that names neither is refused`,
    )
  })

  it('says what an API lacks', () => {
    const fixFor = (scopes: readonly string[]): string | undefined => {
      const example = completeExample({ apiResources: [api('urn:a', { scopes })] })
      const configuration = checkConfiguration(example, { defaultIssuer: issuer })
      return lintConfiguration(configuration, { now: lintTime }).find(
        ({ ruleId }) => ruleId === 'unreachable-api',
      )?.fix
    }
    expect(fixFor([])).toMatch(/^list the scopes/)
    expect(fixFor(['invoice.read'])).toMatch(/^allow a client one of its scopes/)
  })

  it('names the claim that was meant', () => {
    const example = completeExample({
      apiScopes: [{ name: 'read', userClaims: ['departement'] }],
      users: [{ subject: '1', claims: { department: 'finance' } }],
    })
    const configuration = checkConfiguration(example, { defaultIssuer: issuer })
    expect(lintConfiguration(configuration, { now: lintTime })).toContainEqual(
      expect.objectContaining({
        ruleId: 'unknown-claim',
        fix: "write 'department', which users have, or give a user a value for 'departement'",
      }),
    )
  })

  it('repeats no secret, password or hash', () => {
    const example = completeExample({
      issuer,
      clients: [
        { ...web, clientSecrets: [secret('secret', soon), secret('secret', past)] },
        { ...batch, clientSecrets: [secret('secret', past)] },
      ],
      users: [{ subject: 'web', password: 'open sesame' }],
    })
    const configuration = checkConfiguration(example, { defaultIssuer: issuer })
    const text = JSON.stringify(lintConfiguration(configuration, { now: lintTime }))
    expect(text).toContain('guessable-secret')
    expect(text).toContain('development-users')
    expect(text).not.toContain(sha256('secret'))
    expect(text).not.toContain('open sesame')
  })
})
