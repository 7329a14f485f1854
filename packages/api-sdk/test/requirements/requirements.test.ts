import { ConfigurationError } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { all, any, anyScope, claim, scope } from '../../src/index.js'
import type { Needs, Requirement } from '../../src/index.js'
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

  it('count more than scopes, which a client could ask for in vain', async () => {
    expect(await answerTo(all('write', isPro), {})).toEqual({ status: 403, scope: undefined })
    expect(await answerTo(any(isPro, 'write'), {})).toEqual({ status: 403, scope: 'write' })
    expect(await answerTo(any('write', isPro), claims)).toMatchObject({ status: 200 })
  })
})

describe('auth', () => {
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
    ['claim.satisfies nothing', build(claim('a').satisfies)],
  ])('%s cannot be made', (_, make) => {
    expect(make).toThrow(ConfigurationError)
  })
})
