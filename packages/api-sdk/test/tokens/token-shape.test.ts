import { describe, expect, it } from 'vitest'
import { role } from '../../src/index.js'
import type { IssuerOptions, TokenShape } from '../../src/index.js'
import { createKey, issuer, now, tokenOf } from '../support/test-issuer.js'
import { createWorld, jwksUri } from '../support/world.js'
import type { World } from '../support/world.js'

const worldOf = (tokenShape: Partial<TokenShape>, more: Partial<IssuerOptions> = {}): World =>
  createWorld({ issuers: { issuer, jwks: { uri: jwksUri }, tokenShape, ...more } })

type Members = Readonly<Record<string, unknown>>

describe('tokenShape', () => {
  it.each<[string, Partial<TokenShape>, Members, string | undefined]>([
    ['another client claim', { client: ['azp'] }, { client_id: undefined, azp: 'a' }, 'alice'],
    ['only that', { client: ['azp'] }, {}, 'missing_claim'],
    ['two that agree', { client: ['client_id', 'azp'] }, { azp: 'web' }, 'alice'],
    ['two that differ', { client: ['client_id', 'azp'] }, { azp: 'a' }, 'malformed_claim'],
    ['two, one malformed', { client: ['client_id', 'azp'] }, { azp: '' }, 'malformed_claim'],
    ['no client', { mayLack: ['client_id'] }, { client_id: undefined }, 'alice'],
    ['no jti', { mayLack: ['jti'] }, { jti: undefined }, 'alice'],
    ['a malformed jti', { mayLack: ['jti'] }, { jti: 1 }, 'malformed_claim'],
    ['no iat', { mayLack: ['iat'] }, { iat: undefined }, 'alice'],
    [
      'no iat and nbf ahead',
      { mayLack: ['iat'] },
      { iat: undefined, nbf: now + 31 },
      'not_yet_valid',
    ],
    ['no sub', { mayLack: ['sub'] }, { sub: undefined }, undefined],
    [
      'no exp',
      { mayLack: ['sub', 'iat', 'jti', 'client_id'] },
      { exp: undefined },
      'missing_claim',
    ],
    ['a claim it may not have', { forbidden: ['nonce'] }, { nonce: '' }, 'not_an_access_token'],
    ['null there', { forbidden: ['nonce'] }, { nonce: null }, 'not_an_access_token'],
    ['a claim it needs', { expected: { use: ['a', 'b'] } }, { use: 'b' }, 'alice'],
    ['another value', { expected: { use: ['a'] } }, { use: 'c' }, 'not_an_access_token'],
    ['a list of values', { expected: { use: ['a'] } }, { use: ['a'] }, 'not_an_access_token'],
    ['none', { expected: { use: ['a'] } }, {}, 'not_an_access_token'],
    [
      'nothing inherited',
      { expected: Object.fromEntries([['toString', ['a'] as const]]) },
      {},
      'not_an_access_token',
    ],
  ])('decides %s', async (_, shape, claims, outcome) => {
    const world = worldOf(shape)
    expect(await world.outcome(world.token({ ...claims }))).toBe(outcome)
  })

  it.each<[string, TokenShape['scopes'], Members, readonly string[] | string]>([
    ['one claim', ['permissions'], { permissions: ['a', 'b'] }, ['a', 'b']],
    ['a nested claim', [['x', 'y']], { x: { y: 'a b' } }, ['a', 'b']],
    ['no other claim', ['permissions'], { scope: 'read' }, []],
    ['several that agree', ['a', 'b', 'c'], { a: 'x', c: ['x'] }, ['x']],
    ['several that differ', ['a', 'b', 'c'], { a: 'x', b: 'x', c: 'y' }, 'malformed_claim'],
    ['something malformed', ['a'], { a: 1 }, 'malformed_claim'],
  ])('finds scopes in %s', async (_, scopes, claims, expected) => {
    const world = worldOf({ scopes })
    const result = await world.api.authenticate({
      method: 'GET',
      url: '/',
      headers: { authorization: `Bearer ${world.token({ ...claims })}` },
    })
    expect(result.ok ? [...result.auth.scopes] : result.error.reason).toEqual(expected)
  })

  it.each<[string, TokenShape['roles'], Members, boolean]>([
    ['a list', ['groups'], { groups: ['a', 'admin'] }, true],
    ['one text', ['groups'], { groups: 'admin' }, true],
    ['a nested list', [['realm', 'roles']], { realm: { roles: ['admin'] } }, true],
    ['any of several', ['groups', 'roles'], { roles: ['admin'] }, true],
    ['not elsewhere', ['groups'], { roles: ['admin'], role: 'admin' }, false],
    ['not in an object', ['groups'], { groups: { admin: true } }, false],
  ])('finds roles in %s', async (_, roles, claims, expected) => {
    const world = worldOf({ roles })
    const auth = await world.api.verify(world.token({ ...claims }))
    expect(auth.has(role('admin'))).toBe(expected)
  })

  it('accepts only the clients that are named', async () => {
    const world = worldOf({}, { clients: ['web', 'app'] })
    expect(await world.outcome(world.token())).toBe('alice')
    expect(await world.outcome(world.token({ client_id: 'other' }))).toBe('unknown_client')
    const lax = worldOf({ mayLack: ['client_id'] }, { clients: ['web'] })
    expect(await lax.outcome(lax.token({ client_id: undefined }))).toBe('unknown_client')
  })

  it('lets tokens without aud pass for the clients that are named, and checks any aud', async () => {
    const world = worldOf({ mayLack: ['aud'] }, { clients: ['web'] })
    const auth = await world.api.verify(world.token({ aud: undefined }))
    expect(auth.audience).toEqual([])
    expect(await world.outcome(world.token({ aud: 'b' }))).toBe('wrong_audience')
    expect(await world.outcome(world.token({ aud: [] }))).toBe('malformed_claim')
  })

  it('needs iat all the same when tokens may only be so old', async () => {
    const world = createWorld({
      maxTokenAge: 600,
      issuers: { issuer, jwks: { uri: jwksUri }, tokenShape: { mayLack: ['iat'] } },
    })
    expect(await world.outcome(world.token({ iat: undefined }))).toBe('missing_claim')
  })

  it('is that of one issuer', async () => {
    const [first, second] = [createKey('ES256', 'a'), createKey('ES256', 'b')]
    const [lax, strict] = ['https://a.example', 'https://b.example']
    const world = createWorld({
      issuers: [
        {
          issuer: lax,
          jwks: { keys: [first.jwk] },
          tokenShape: { typ: ['JWT', undefined], forbidden: ['nonce'] },
        },
        { issuer: strict, jwks: { keys: [second.jwk] } },
      ],
    })
    expect(await world.outcome(tokenOf(first, { iss: lax }, { typ: 'jwt' }))).toBe('alice')
    expect(await world.outcome(tokenOf(first, { iss: lax }, { typ: undefined }))).toBe('alice')
    expect(await world.outcome(tokenOf(first, { iss: lax }))).toBe('not_an_access_token')
    expect(await world.outcome(tokenOf(second, { iss: strict }))).toBe('alice')
    expect(await world.outcome(tokenOf(second, { iss: strict }, { typ: 'JWT' }))).toBe('wrong_type')
    expect(await world.outcome(tokenOf(second, { iss: strict }, { typ: undefined }))).toBe(
      'wrong_type',
    )
  })

  it('decides who is a machine, and nobody passes when it cannot', async () => {
    const world = worldOf({ isMachine: ({ claims }) => claims['kind'] === 'app' })
    expect((await world.api.verify(world.token({ kind: 'app' }))).isMachine).toBe(true)
    expect((await world.api.verify(world.token({ sub: 'web' }))).isMachine).toBe(false)
    const broken = worldOf({
      isMachine: () => {
        throw new Error('no database')
      },
    })
    expect(await broken.outcome(broken.token())).toBe('internal')
  })

  it('takes undefined for what is not changed', async () => {
    const world = worldOf({ typ: undefined, mayLack: undefined } as unknown as Partial<TokenShape>)
    expect(await world.outcome(world.token({}, { typ: 'JWT' }))).toBe('wrong_type')
  })
})
