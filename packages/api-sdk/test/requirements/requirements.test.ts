import { ConfigurationError, defineResources } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import {
  all,
  any,
  anyScope,
  authorizationDetails,
  claim,
  client,
  createResourceServer,
  role,
  scope,
  scopePattern,
  stepUp,
  tenant,
  user,
} from '../../src/index.js'
import type { Needs, Requirement } from '../../src/index.js'
import { issuer, now } from '../support/test-issuer.js'
import { unhandledDuring } from '../support/unhandled.js'
import { createWorld } from '../support/world.js'

const { api, token } = createWorld()

interface Answer {
  readonly status: number
  readonly scope: string | undefined
}

async function answerTo(needs: Needs, claims: Record<string, unknown>): Promise<Answer> {
  const headers = { authorization: `Bearer ${token(claims)}` }
  const result = await api.authenticate({ method: 'GET', url: '/', headers }, needs)
  if (result.ok) return { status: 200, scope: undefined }
  const challenge = result.response.headers['www-authenticate'] ?? ''
  return { status: result.response.status, scope: /scope="([^"]*)"/.exec(String(challenge))?.[1] }
}

const isPro = claim('plan').equals('pro')

describe('scopes', () => {
  it.each<[string, Needs, string, number, string?]>([
    ['scope, met', scope('a', 'b'), 'b a', 200],
    ['S02 scope, half met', scope('a', 'b'), 'a', 403, 'a b'],
    ['S02 all, half met', all('a', 'b'), 'a', 403, 'a b'],
    ['S02 a list, half met', ['a', 'b'], 'b', 403, 'a b'],
    ['anyScope, met', anyScope('a', 'b'), 'b', 200],
    ['S07 anyScope, not met', anyScope('a', 'b'), 'c', 403, 'a'],
    ['S07 any, not met', any('a', 'b'), 'c', 403, 'a'],
    ['any, met', any('a', scope('b')), 'b', 200],
    ['any of all, half met', any(all('a', 'b'), 'c'), 'a', 403, 'a b'],
    ['all of any, half met', all(any('a', 'b'), 'c'), 'b', 403, 'a c'],
  ])('%s', async (_, needs, granted, status, wanted) => {
    expect(await answerTo(needs, { scope: granted })).toEqual({ status, scope: wanted })
  })

  it.each([
    ['the first alternative', any('a', 'b'), ['a']],
    ['the whole operation', all('a', all('b', 'a')), ['a', 'b']],
    ['the first alternative that has any', any(isPro, 'b'), ['b']],
    ['none', isPro, []],
  ])('are advertised before there is a token: %s', (_, { advertised }, expected) => {
    expect(advertised).toEqual(expected)
  })
})

describe('claims', () => {
  const claims = {
    plan: 'pro',
    level: 3,
    'https://x.example/roles': ['admin'],
    realm_access: { roles: ['clerk'] },
  }
  it.each<[string, Requirement, boolean]>([
    ['R01 equals', isPro, true],
    ['R01 equals another', claim('plan').equals('free'), false],
    ['equals another type', claim('level').equals('3'), false],
    ['R02 inherited', claim('toString').satisfies(() => true), false],
    ['R02 __proto__', claim('__proto__').satisfies(() => true), false],
    ['R02 inherited by a list', claim(['realm_access', 'roles', 'length']).equals(1), true],
    [
      'R02 inherited method of a list',
      claim(['realm_access', 'roles', 'at']).satisfies(() => true),
      false,
    ],
    ['R03 a name that is a URL', claim(['https://x.example/roles']).includes('admin'), true],
    ['R03 the same as text', claim('https://x.example/roles').includes('admin'), true],
    ['a path', claim(['realm_access', 'roles']).includes('clerk'), true],
    ['a path is not written with dots', claim('realm_access.roles').includes('clerk'), false],
    ['a path through text', claim(['plan', '0']).equals('p'), false],
    ['R04 includes, of text', claim('plan').includes('pro'), false],
    ['R04 includes, of an object', claim('realm_access').includes('clerk'), false],
    ['oneOf', claim('plan').oneOf('free', 'pro'), true],
    ['oneOf others', claim('plan').oneOf('free', 'trial'), false],
    ['satisfies', claim('level').satisfies((value) => Number(value) > 2), true],
    ['satisfies not', claim('level').satisfies((value) => Number(value) > 3), false],
    ['satisfies, missing', claim('missing').satisfies(() => true), false],
  ])('%s', async (_, requirement, isMet) => {
    expect((await answerTo(requirement, claims)).status).toBe(isMet ? 200 : 403)
  })

  it.each<[string, (value: unknown) => unknown]>([
    [
      'throws',
      () => {
        throw new Error('x')
      },
    ],
    ['returns a promise', async () => true],
    ['returns nothing', () => undefined],
  ])('R05 a predicate that %s closes the door', async (_, predicate) => {
    const requirement = claim('plan').satisfies(predicate as () => boolean)
    expect(await answerTo(requirement, claims)).toEqual({ status: 503, scope: undefined })
    expect(await answerTo(all('read', requirement), claims)).toMatchObject({ status: 503 })
    expect(await answerTo(any(requirement, isPro), claims)).toMatchObject({ status: 503 })
    expect(await answerTo(any(isPro, requirement), claims)).toMatchObject({ status: 200 })
  })

  it('R05 leave nothing unhandled of a predicate that rejects', async () => {
    const rejects: unknown = () => Promise.reject(new Error('x'))
    const requirement = claim('plan').satisfies(rejects as () => boolean)
    const unhandled = await unhandledDuring(async () => {
      expect(await answerTo(requirement, claims)).toMatchObject({ status: 503 })
    })
    expect(unhandled).toEqual([])
  })

  it('count more than scopes, which a client could ask for in vain', async () => {
    expect(await answerTo(all('write', isPro), {})).toEqual({ status: 403, scope: undefined })
    expect(await answerTo(any(isPro, 'write'), {})).toEqual({ status: 403, scope: 'write' })
    expect(await answerTo(any('write', isPro), claims)).toMatchObject({ status: 200 })
  })
})

describe('combinations', () => {
  const mfa = stepUp({ acrValues: ['mfa', 'key'], maxAge: 60 })

  async function challengeOf(needs: Needs, claims: Record<string, unknown>): Promise<unknown> {
    const headers = { authorization: `Bearer ${token(claims)}` }
    const result = await api.authenticate({ method: 'GET', url: '/', headers }, needs)
    return result.ok ? 'passed' : (result.response.headers['www-authenticate'] ?? 'none')
  }
  const says = (needs: string): unknown =>
    expect.stringMatching(`error_description="[^"]+", ${needs}, resource_metadata=`)

  it.each<[string, Needs, Record<string, unknown>, unknown]>([
    [
      'all: one challenge for two authentications',
      all(mfa, stepUp({ acrValues: ['key', 'pin'], maxAge: 30 })),
      {},
      says('acr_values="key", max_age="30"'),
    ],
    [
      'all: the acr of one and the age of the other',
      all(stepUp({ maxAge: 30 }), stepUp({ acrValues: ['pin'] })),
      {},
      says('acr_values="pin", max_age="30"'),
    ],
    ['all: what cannot be cured counts most', all('write', mfa, user()), { sub: 'web' }, 'none'],
    ['all: the same in another order', all(user(), mfa, 'write'), { sub: 'web' }, 'none'],
    ['any: scopes before the user', any(isPro, mfa, 'write'), {}, says('scope="write"')],
    [
      'any: the user before what cannot be cured',
      any(isPro, mfa),
      {},
      says('acr_values="mfa key", max_age="60"'),
    ],
    [
      'any: the first of two authentications',
      any(stepUp({ maxAge: 9 }), stepUp({ maxAge: 8 })),
      {},
      says('max_age="9"'),
    ],
    ['any: none that can be cured', any(isPro, user()), { sub: 'web' }, 'none'],
    [
      'any in all: the scopes of the alternative that can be cured',
      all('c', any(all('a', isPro), 'b')),
      {},
      says('scope="c b"'),
    ],
  ])('%s', async (_, needs, claims, expected) => {
    expect(await challengeOf(needs, claims)).toEqual(expected)
  })

  it('R05 a predicate about details that throws or is no boolean closes the door', async () => {
    const details = { authorization_details: [{ type: 'payment' }] }
    const broken = (): never => {
      throw new Error('no database')
    }
    const later = (async () => true) as unknown as () => boolean
    for (const predicate of [broken, later]) {
      const needs = authorizationDetails('payment', predicate)
      expect(await answerTo(needs, details)).toMatchObject({ status: 503 })
    }
  })
})

describe('auth', () => {
  it('asks again how long ago the user authenticated', async () => {
    const world = createWorld()
    const auth = await world.api.verify(world.token({ auth_time: now }))
    expect(auth.has(stepUp({ maxAge: 60 }))).toBe(true)
    world.pass(91)
    expect(auth.has(stepUp({ maxAge: 60 }))).toBe(false)
  })

  it('tells the authorization details, frozen', async () => {
    const auth = await api.verify(token({ authorization_details: [{ type: 'payment' }] }))
    expect(auth.authorizationDetails).toEqual([{ type: 'payment' }])
    expect(Object.isFrozen(auth.authorizationDetails[0])).toBe(true)
    expect((await api.verify(token())).authorizationDetails).toEqual([])
  })

  it('S09 a parameter that no scope can have is met by nobody, and not sent back', async () => {
    const auth = await api.verify(token({ scope: 'transaction:4' }))
    for (const parameter of ['4 2', '4"', '', '4\r\n', undefined]) {
      expect(() => {
        auth.require(scopePattern('transaction:*', parameter))
      }).toThrow(
        expect.objectContaining({
          status: 403,
          headers: expect.objectContaining({
            'www-authenticate': expect.not.stringContaining('scope='),
          }),
        }),
      )
    }
  })

  it('S10 a pattern may only name a parameterized scope of this API', () => {
    const resources = defineResources({
      apiScopes: [{ name: 'transaction', parameter: {} }],
      apiResources: [{ name: 'urn:bank', scopes: ['transaction'] }],
    })
    const bank = createResourceServer({ resource: 'urn:bank', issuers: issuer, resources })
    expect(bank.requirement(scopePattern('transaction:*')).scopes).toEqual(['transaction'])
    const misspelt = bank.requirement as (needs: Needs) => unknown
    expect(() => misspelt(scopePattern('transactoin:*'))).toThrow(ConfigurationError)
  })

  it('has() and require() decide like a guard', async () => {
    const auth = await api.verify(token({ scope: 'read', plan: 'free' }))
    expect(auth.has('read')).toBe(true)
    expect(auth.has(['read', 'write'])).toBe(false)
    expect(auth.has(isPro)).toBe(false)
    expect(() => {
      auth.require('read')
    }).not.toThrow()
    expect(() => {
      auth.require(isPro)
    }).toThrow(expect.objectContaining({ status: 403, code: 'access_denied' }))
    expect(() =>
      auth.has(
        claim('plan').satisfies(() => {
          throw new Error('x')
        }),
      ),
    ).toThrow(expect.objectContaining({ status: 503 }))
  })

  it('has() is a question and no refusal', async () => {
    const world = createWorld()
    const auth = await world.api.verify(world.token())
    auth.has('write')
    expect(world.reasons()).toEqual([])
  })
})

const build =
  (call: (...values: never[]) => unknown, ...values: unknown[]) =>
  (): unknown =>
    Reflect.apply(call, undefined, values)

describe('requirements that protect nothing', () => {
  it.each<[string, () => unknown]>([
    ['S10 scope()', build(scope)],
    ['S10 anyScope()', build(anyScope)],
    ['S10 scope with a space', build(scope, 'a b')],
    ['S10 scope with a quote', build(scope, 'a"b')],
    ['S10 scope that is no text', build(scope, ['a'])],
    ['S10 all()', build(all)],
    ['S10 any()', build(any)],
    ['S10 all of something else', build(all, 1)],
    ['S10 []', build(api.requirement, [])],
    ['S10 empty text', build(api.requirement, '')],
    ['S10 a number', build(api.requirement, 1)],
    ['S10 a regular expression', build(api.requirement, /read/)],
    ['claim without name', build(claim, '')],
    ['claim without path', build(claim, [])],
    ['claim.oneOf()', build(claim('a').oneOf)],
    ['claim.equals an object', build(claim('a').equals, {})],
    ['claim.includes a regular expression', build(claim('a').includes, /x/)],
    ['S10 scopePattern()', build(scopePattern)],
    ['S10 scopePattern without star', build(scopePattern, 'transaction:42')],
    ['S10 scopePattern without separator', build(scopePattern, 'read*')],
    ['S10 scopePattern without name', build(scopePattern, ':*')],
    ['S10 scopePattern with two stars', build(scopePattern, 'a:*:*')],
    ['S10 scopePattern with a space', build(scopePattern, 'a b:*')],
    ['S10 scopePattern of a regular expression', build(scopePattern, /a/)],
    ['U06 acr with a space', build(stepUp, { acrValues: ['a b'] })],
    ['U06 acr with a quote', build(stepUp, { acrValues: ['a"b'] })],
    ['stepUp()', build(stepUp)],
    ['stepUp of nothing', build(stepUp, {})],
    ['stepUp without acr values', build(stepUp, { acrValues: [], maxAge: 1 })],
    ['stepUp with a misspelt option', build(stepUp, { acr: ['a'], maxAge: 1 })],
    ['stepUp in the past', build(stepUp, { maxAge: -1 })],
    ['stepUp of a fraction', build(stepUp, { maxAge: 0.5 })],
    ['stepUp of no number', build(stepUp, { maxAge: '300' })],
    ['role()', build(role)],
    ['role of nothing', build(role, [])],
    ['role without name', build(role, ['a', ''])],
    ['role with a second name', build(role, 'a', 'b')],
    ['role at nothing', build(role, 'a', { at: [] })],
    ['role with a misspelt option', build(role, 'a', { claim: 'b' })],
    ['tenant()', build(tenant)],
    ['tenant without name', build(tenant, '')],
    ['client()', build(client)],
    ['client without name', build(client, '')],
    ['authorizationDetails()', build(authorizationDetails)],
    ['authorizationDetails without type', build(authorizationDetails, '')],
    ['authorizationDetails with a value', build(authorizationDetails, 'a', { amount: 1 })],
    ['claim.satisfies nothing', build(claim('a').satisfies)],
  ])('%s cannot be made', (_, make) => {
    expect(make).toThrow(ConfigurationError)
  })
})
