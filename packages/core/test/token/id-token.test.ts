import { createHash } from 'node:crypto'
import type { ResourceDefinitions } from '@bailiwick/protocol'
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import type {
  AuthorizationServerOptions,
  Client,
  ProfileRequest,
  RequestedClaims,
} from '../../src/index.js'
import { resolveOptions } from '../../src/options.js'
import { issueIdToken } from '../../src/tokens/id-token.js'
import type { IdTokenIssuance } from '../../src/tokens/id-token.js'
import { client, issuer, now, signingKeys } from '../support/server.js'

const user = {
  subject: 'bob',
  authTime: now - 100,
  amr: ['pwd', 'otp'],
  acr: 'urn:mfa',
  sessionId: 'session',
  identityProvider: 'corporate',
}

const definitions = {
  identityResources: [
    'openid',
    'email',
    { name: 'hr', userClaims: ['level'] },
    { name: 'secret', userClaims: ['salary'] },
    { name: 'off', enabled: false, userClaims: ['hidden'] },
  ],
  apiScopes: [{ name: 'read', userClaims: ['role'] }],
} as const

const known = {
  email: 'bob@example.com',
  email_verified: true,
  level: 9,
  salary: 1,
  hidden: 1,
  role: 'admin',
  iss: 'https://evil.example.com',
  nonce: 'evil',
}

interface World extends Partial<AuthorizationServerOptions> {
  readonly settings?: Partial<Client>
  readonly granted?: readonly string[]
}

/** Issues an ID token for openid and email, but for what differs. */
async function issue(
  input: Partial<IdTokenIssuance> = {},
  { settings = {}, granted = ['openid', 'email'], ...options }: World = {},
) {
  const asked: ProfileRequest[] = []
  const { context } = resolveOptions<ResourceDefinitions>({
    issuer,
    resources: definitions,
    clients: [{ ...client, allowedScopes: ['openid', 'email', 'hr', 'off', 'read'], ...settings }],
    signingKeys,
    profile: {
      claims: async (request) => {
        asked.push(request)
        return known
      },
    },
    now: () => now,
    ...options,
  })
  const registered = await context.clients.find('client')
  if (registered === undefined) throw new Error('no client')
  const identityResources = context.resources.identityResources.filter(({ name }) =>
    granted.includes(name),
  )
  const token = await issueIdToken(
    { client: registered, user, identityResources, ...input },
    context,
  )
  const keySet = createLocalJWKSet({ keys: [...(await context.signer.jwks()).keys] })
  return { token, claims: decodeJwt(token), header: decodeProtectedHeader(token), keySet, asked }
}

const requested = (idToken: RequestedClaims['idToken']) => ({
  requestedClaims: { userinfo: {}, idToken },
})

describe('an ID token', () => {
  it('tells one client who signed in, when and how', async () => {
    const { token, claims, header, keySet } = await issue(
      { nonce: 'n-0S6_WzA2Mj', accessToken: 'at' },
      { settings: { identityTokenLifetime: 60 } },
    )
    expect(header).toEqual({ alg: 'RS256', typ: 'JWT', kid: expect.any(String) })
    expect(claims).toEqual({
      iss: issuer,
      sub: 'bob',
      aud: 'client',
      exp: now + 60,
      iat: now,
      nonce: 'n-0S6_WzA2Mj',
      auth_time: now - 100,
      amr: ['pwd', 'otp'],
      acr: 'urn:mfa',
      sid: 'session',
      idp: 'corporate',
      at_hash: expect.any(String),
    })
    const options = { issuer, audience: 'client', currentDate: new Date(now * 1000) }
    await expect(jwtVerify(token, keySet, options)).resolves.toBeDefined()
  })

  it('says nothing of what is not known', async () => {
    const { claims } = await issue({ user: { subject: 'bob' } }, { granted: ['openid'] })
    expect(claims).toEqual({ iss: issuer, sub: 'bob', aud: 'client', exp: now + 300, iat: now })
  })

  it('has the at_hash of a token whose hash others have published', async () => {
    // OpenID Connect Core 1.0 appendix A.3 and A.4.
    const accessToken = 'jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y'
    expect((await issue({ accessToken })).claims['at_hash']).toBe('77QmUPtjPfzWtF2AnpK9RQ')
  })

  it.each([
    ['RS256', 'sha256', 16],
    ['PS256', 'sha256', 16],
    ['ES256', 'sha256', 16],
    ['EdDSA', 'sha512', 32],
  ] as const)('signed with %s has an at_hash made with %s', async (alg, digest, half) => {
    const settings = { allowedIdentityTokenSigningAlgorithms: [alg] }
    const { claims, header } = await issue({ accessToken: 'at' }, { settings })
    expect(header.alg).toBe(alg)
    const expected = createHash(digest).update('at').digest().subarray(0, half)
    expect(claims['at_hash']).toBe(expected.toString('base64url'))
  })

  it.each([
    [['PS256', 'RS256'], 'PS256'],
    [['EdDSA', 'RS256'], 'EdDSA'],
    [[], 'RS256'],
  ] as const)('for a client that wants %j is signed with %s', async (wanted, alg) => {
    const keys = signingKeys.filter((key) => key.alg !== 'ES256')
    const settings = { allowedIdentityTokenSigningAlgorithms: wanted }
    const { header, token, keySet } = await issue({}, { settings, signingKeys: keys })
    expect(header.alg).toBe(alg)
    const options = { currentDate: new Date(now * 1000) }
    await expect(jwtVerify(token, keySet, options)).resolves.toBeDefined()
  })
})

describe('the claims about the user in an ID token', () => {
  it('are those of the identity resources when no access token comes with it', async () => {
    const { claims, asked } = await issue()
    expect(claims).toMatchObject({ email: 'bob@example.com', email_verified: true, iss: issuer })
    for (const name of ['level', 'role', 'salary', 'nonce']) expect(claims).not.toHaveProperty(name)
    expect(asked).toEqual([
      {
        subject: 'bob',
        clientId: 'client',
        claimNames: ['email', 'email_verified'],
        caller: 'id_token',
      },
    ])
  })

  it('are left to userinfo when one does, and nobody is asked for them', async () => {
    const { claims, asked } = await issue({ accessToken: 'at' })
    expect(claims).not.toHaveProperty('email')
    expect(asked).toEqual([])
  })

  it('are there all the same for a client that always wants them', async () => {
    const settings = { alwaysIncludeUserClaimsInIdToken: true }
    const { claims } = await issue({ accessToken: 'at' }, { settings })
    expect(claims['email']).toBe('bob@example.com')
  })

  it('are there all the same when they are asked for one by one, in one question', async () => {
    const input = { accessToken: 'at', ...requested({ level: { essential: true }, email: {} }) }
    const { claims, asked } = await issue(input)
    expect(claims).toMatchObject({ level: 9, email: 'bob@example.com' })
    expect(claims).not.toHaveProperty('email_verified')
    expect(asked.map(({ claimNames }) => claimNames)).toEqual([['level', 'email']])
  })

  it('are not those that are asked for at userinfo', async () => {
    const requestedClaims = { userinfo: { level: {} }, idToken: {} }
    expect((await issue({ accessToken: 'at', requestedClaims })).claims).not.toHaveProperty('level')
  })

  it.each([
    ['belongs to an identity resource out of reach', 'salary'],
    ['belongs to a disabled identity resource', 'hidden'],
    ['belongs to an API', 'role'],
    ['belongs to nothing', 'unknown'],
    ['every object has', 'constructor'],
    ['only the server sets', 'nonce'],
  ])('are never one that %s', async (_, name) => {
    const { claims, asked } = await issue({ accessToken: 'at', ...requested({ [name]: {} }) })
    expect(claims).not.toHaveProperty(name)
    expect(asked).toEqual([])
  })

  it('are only those that the user was asked about, where users are asked', async () => {
    const settings = { requireConsent: true }
    const input = { accessToken: 'at', ...requested({ level: {}, email: {} }) }
    const { claims } = await issue(input, { settings })
    expect(claims).toMatchObject({ email: 'bob@example.com' })
    expect(claims).not.toHaveProperty('level')
  })

  it('are not those of a scope that was taken from the client since, even if it was granted', async () => {
    const settings = { requireConsent: true, allowedScopes: ['openid', 'email'] }
    const input = { accessToken: 'at', ...requested({ level: {}, email: {} }) }
    const { claims } = await issue(input, { settings, granted: ['openid', 'email', 'hr'] })
    expect(claims['email']).toBe('bob@example.com')
    expect(claims).not.toHaveProperty('level')
  })

  it.each([
    ['the value that is asked for', { value: 9 }, 9],
    ['another value', { value: 10 }, undefined],
    ['the value as text', { value: '9' }, undefined],
    ['one of the values that are asked for', { values: [1, 9] }, 9],
    ['none of the values', { values: [1, [9]] }, undefined],
    ['none of no values', { values: [] }, undefined],
    ['the value but none of the values', { value: 9, values: [10] }, undefined],
    ['null', { value: null }, undefined],
  ])('with %s: %j gives %s', async (_, request, level) => {
    const { claims } = await issue({ accessToken: 'at', ...requested({ level: request }) })
    expect(claims['level']).toBe(level)
  })

  it('are compared with the value that is asked for also when a scope gives them', async () => {
    const { claims } = await issue(requested({ email: { value: 'eve@example.com' } }))
    expect(claims).not.toHaveProperty('email')
    expect(claims).toHaveProperty('email_verified')
  })

  it('are compared as they are sent', async () => {
    const row = Object.assign(Object.create(null) as object, { since: new Date(0) })
    const value = { since: '1970-01-01T00:00:00.000Z' }
    const profile = { claims: async () => ({ level: row }) }
    const { claims } = await issue(requested({ level: { value } }), { profile })
    expect(claims['level']).toEqual(value)
  })

  it('are those of the login where the profile service has none', async () => {
    const claims = { email: 'login@example.com', level: 3, salary: 7, sub: 'eve' }
    const profile = { claims: async () => ({ email: 'bob@example.com', level: undefined }) }
    const issued = await issue(
      { user: { ...user, claims }, ...requested({ level: {} }) },
      { profile },
    )
    expect(issued.claims).toMatchObject({ sub: 'bob', email: 'bob@example.com', level: 3 })
    expect(issued.claims).not.toHaveProperty('salary')
  })

  it('make it fail when they cannot be looked up', async () => {
    const cause = new Error('down')
    const profile = {
      claims: async () => {
        throw cause
      },
    }
    await expect(issue({}, { profile })).rejects.toMatchObject({
      code: 'temporarily_unavailable',
      status: 503,
      headers: { 'retry-after': '5' },
      cause,
    })
  })
})
