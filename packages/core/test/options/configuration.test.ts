import type { ResourceDefinitions } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { createAuthorizationServer, generateSigningKey, sha256 } from '../../src/index.js'
import type { Client, SigningKeyJwk } from '../../src/index.js'
import { problemsOf } from '../support/problems.js'
import { client, signingKeys } from '../support/server.js'

const es256 = generateSigningKey('ES256')

describe('the check of the configuration', () => {
  it('accepts what is right', () => {
    expect(problemsOf({})).toEqual([])
  })

  it.each<[string, ResourceDefinitions, string]>([
    [
      'a repeated identity resource',
      { identityResources: ['openid', 'openid'] },
      "identityResources[1].name: 'openid' is already declared at identityResources[0]",
    ],
    [
      'a repeated API scope',
      { apiScopes: ['a', { name: 'a' }] },
      "apiScopes[1].name: 'a' is already declared at apiScopes[0]",
    ],
    [
      'a repeated API resource',
      { apiResources: [{ name: 'a' }, { name: 'a' }] },
      "apiResources[1].name: 'a' is already declared at apiResources[0]",
    ],
    [
      'a scope that is an identity resource too',
      { identityResources: ['email'], apiScopes: ['email'] },
      "apiScopes[0].name: 'email' is also an identity resource",
    ],
    [
      'offline_access as a scope',
      { apiScopes: ['offline_access'] },
      "apiScopes[0].name: 'offline_access' is built in",
    ],
    [
      'offline_access as an identity resource',
      { identityResources: [{ name: 'offline_access', userClaims: ['a'] }] },
      "identityResources[0].name: 'offline_access' is built in",
    ],
    ['a scope with a space', { apiScopes: ['a b'] }, "apiScopes[0].name: 'a b' holds characters"],
    ['a scope without a name', { apiScopes: [''] }, 'apiScopes[0].name: a name is needed'],
    [
      'an undeclared scope',
      { apiScopes: ['a'], apiResources: [{ name: 'x', scopes: ['a', 'b'] }] },
      "apiResources[0].scopes[1]: 'b' is not declared: add it to apiScopes",
    ],
    [
      'an undeclared scope that is implied',
      { apiScopes: ['a', { name: 'b', implies: ['a', 'c'] }] },
      "apiScopes[1].implies[1]: 'c' is not declared: add it to apiScopes",
    ],
    [
      'an isolated resource that cannot be named',
      { apiResources: [{ name: 'x', requireResourceIndicator: true }] },
      "apiResources[0].name: 'x' is isolated but no absolute URI",
    ],
    [
      'an algorithm that does not exist',
      { apiResources: [{ name: 'x', allowedAccessTokenSigningAlgorithms: ['HS256' as 'RS256'] }] },
      "apiResources[0].allowedAccessTokenSigningAlgorithms[0]: 'HS256' is none of",
    ],
    [
      'an identity resource without claims',
      { identityResources: [{ name: 'x', userClaims: [] }] },
      'identityResources[0].userClaims: an identity resource stands for at least one claim',
    ],
    [
      'a standard identity resource that does not exist',
      { identityResources: ['opnid' as 'openid'] },
      "identityResources[0]: 'opnid' is no standard identity resource",
    ],
    [
      'a secret in plain text',
      { apiResources: [{ name: 'x', secrets: [{ value: 'secret' }] }] },
      'apiResources[0].secrets[0].value: it is not the base64 of a SHA-256',
    ],
    [
      'a pattern that is none',
      { apiScopes: [{ name: 'x', parameter: { pattern: '(' } }] },
      "apiScopes[0].parameter.pattern: '(' is no regular expression",
    ],
    [
      'an empty separator',
      { apiScopes: [{ name: 'x', parameter: { separator: '' } }] },
      'apiScopes[0].parameter.separator: a separator is one or more',
    ],
  ])('finds %s', (_, resources, problem) => {
    const problems = problemsOf({ resources, clients: [] })
    expect(problems).toEqual([expect.stringContaining(problem)])
  })

  it.each<[string, Partial<Client>, string]>([
    [
      'an unknown scope',
      { allowedScopes: ['read', 'x'] },
      "clients[0].allowedScopes[1]: 'x' is unknown",
    ],
    [
      'offline_access among the scopes',
      { allowedScopes: ['offline_access'] },
      "clients[0].allowedScopes[0]: 'offline_access' is unknown: set allowOfflineAccess",
    ],
    [
      'an unknown resource',
      { allowedResources: ['urn:x'] },
      "clients[0].allowedResources[0]: 'urn:x' is no API resource",
    ],
    [
      'an unsupported grant',
      { allowedGrantTypes: ['password'] },
      "clients[0].allowedGrantTypes[0]: 'password' is not supported: use one of authorization_code, refresh_token, client_credentials",
    ],
    [
      'a client that cannot authenticate',
      { clientSecrets: [] },
      'clients[0].clientSecrets: the client has no secret',
    ],
    [
      'a public client with client_credentials',
      { requireClientSecret: false },
      'clients[0].requireClientSecret: client_credentials is for clients that authenticate',
    ],
    [
      'a secret in plain text',
      { clientSecrets: [{ value: 'secret' }] },
      'clients[0].clientSecrets[0].value: it is not the base64',
    ],
    [
      'a date that is none',
      { clientSecrets: [{ value: sha256('s'), expiration: 'soon' }] },
      "clients[0].clientSecrets[0].expiration: 'soon' is no ISO 8601 date",
    ],
    [
      'a claim that would become a protocol claim',
      { claims: { id: '1' } },
      "clients[0].claims.id: 'client_id' is a claim that only the server sets",
    ],
    [
      'a protocol claim without a prefix',
      { claims: { sub: '1' }, clientClaimsPrefix: '' },
      "clients[0].claims.sub: 'sub' is a claim that only the server sets",
    ],
    [
      'a lifetime that is none',
      { accessTokenLifetime: 0 },
      'clients[0].accessTokenLifetime: a whole number of seconds is needed, at least 1',
    ],
    ['a client without an id', { clientId: '' }, 'clients[0].clientId: a client needs an id'],
  ])('finds %s', (_, change, problem) => {
    const problems = problemsOf({ clients: [{ ...client, ...change }] })
    expect(problems).toEqual([expect.stringContaining(problem)])
  })

  it('finds two clients with one id', () => {
    expect(problemsOf({ clients: [client, client] })).toEqual([
      "clients[1].clientId: 'client' is already the id of clients[0]: rename one",
    ])
  })

  it.each([
    ['id.example.com', /is no URL/],
    ['http://id.example.com', /must begin with https/],
    ['https://id.example.com?x', /neither query nor fragment/],
    ['https://id.example.com#', /neither query nor fragment/],
    ['https://user@id.example.com', /must not hold credentials/],
    ['ftp://id.example.com', /must begin with https/],
  ])('refuses the issuer %s', (issuer, problem) => {
    expect(problemsOf({ issuer })).toEqual([expect.stringMatching(problem)])
  })

  it.each(['http://127.0.0.1:5001', 'http://localhost', 'http://[::1]:1', 'https://a.b/c'])(
    'accepts the issuer %s',
    (issuer) => {
      expect(problemsOf({ issuer })).toEqual([])
    },
  )

  it.each<[string, object, RegExp]>([
    ['no key', { alg: 'ES256' }, /does not sign with ES256/],
    ['a public key', { ...es256, d: undefined }, /no private key/],
    ['another algorithm', { ...es256, alg: 'RS256' }, /does not sign with RS256/],
    ['no algorithm', { ...es256, alg: undefined }, /none of RS256/],
    ['a symmetric algorithm', { kty: 'oct', k: 'AAAA', alg: 'HS256' }, /none of RS256/],
  ])('refuses %s as a signing key', (_, jwk, problem) => {
    expect(problemsOf({ signingKeys: [jwk as SigningKeyJwk] })).toEqual([
      expect.stringMatching(problem),
    ])
  })

  it('refuses two keys that cannot be told apart', () => {
    const rsa = signingKeys[0]
    const twice = [rsa, { ...rsa, alg: 'PS256' }] as const
    expect(problemsOf({ signingKeys: twice })).toEqual([
      'signingKeys[1]: it has the same kid as signingKeys[0]: name one',
    ])
    expect(problemsOf({ signingKeys: [rsa, { ...twice[1], kid: 'other' }] })).toEqual([])
  })

  it('repeats no part of a key or secret', () => {
    const problems = problemsOf({
      signingKeys: [{ ...es256, alg: 'RS256' }],
      clients: [{ ...client, clientSecrets: [{ value: 'hunter2' }] }],
    }).join()
    expect(problems).not.toContain(es256.d)
    expect(problems).not.toContain('hunter2')
  })

  it('finds an algorithm that no key exists for', () => {
    const resources: ResourceDefinitions = {
      apiResources: [{ name: 'x', allowedAccessTokenSigningAlgorithms: ['PS256', 'EdDSA'] }],
    }
    const problems = problemsOf({ resources, clients: [], signingKeys: signingKeys.slice(0, 2) })
    expect(problems).toEqual([
      'apiResources[0].allowedAccessTokenSigningAlgorithms[1]: no key signs with EdDSA: add one to signingKeys or remove the algorithm',
    ])
  })

  it.each([
    [{ token: 'token' }, "paths.token: 'token' must begin with / and be a path only"],
    [{ jwks: '/keys?v=1' }, "paths.jwks: '/keys?v=1' must begin with / and be a path only"],
    [{ jwks: '/token' }, "paths.jwks: '/token' is also the path of token"],
  ])('finds a path that cannot work: %j', (paths, problem) => {
    expect(problemsOf({ paths })).toEqual([problem])
  })

  it('reports everything in one error', () => {
    const create = (): unknown =>
      createAuthorizationServer({
        issuer: 'http://id.example.com',
        resources: { apiScopes: ['a', 'a'], apiResources: [{ name: 'x', scopes: ['b'] }] },
        clients: [{ clientId: 'c', allowedGrantTypes: ['password'] }],
      })
    expect(create).toThrow(
      /^the configuration has 5 problems:\n {2}issuer: .*\n {2}apiScopes\[1\]\.name: .*\n {2}apiResources\[0\]\.scopes\[0\]: .*\n {2}clients\[0\]\.allowedGrantTypes\[0\]: .*\n {2}clients\[0\]\.clientSecrets: [^\n]*$/,
    )
  })

  it('takes an explicit undefined for the default', async () => {
    expect(problemsOf({ grants: undefined, now: undefined, paths: undefined } as object)).toEqual(
      [],
    )
  })
})
