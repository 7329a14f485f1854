import type { ApiScope } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { createScopeParser } from '../../src/resources/create-scope-parser.js'
import { bodyOf, client, post, requestToken, testServer } from '../support/server.js'

const scopes: readonly ApiScope[] = [
  { name: 'transaction', parameter: {} },
  { name: 'account', parameter: { required: false, pattern: '[0-9]{1,4}' } },
  { name: 'file', parameter: { separator: '::' } },
  { name: 'file:read' },
  { name: 'nested:deep', parameter: {} },
  { name: 'plain' },
]
const parse = createScopeParser({ apiScopes: scopes })

describe('the scope parser', () => {
  it.each([
    ['plain', { value: 'plain', name: 'plain' }],
    ['unknown:1', { value: 'unknown:1', name: 'unknown:1' }],
    ['transaction:42', { value: 'transaction:42', name: 'transaction', parameter: '42' }],
    ['transaction:a:b', { value: 'transaction:a:b', name: 'transaction', parameter: 'a:b' }],
    ['account', { value: 'account', name: 'account' }],
    ['account:7', { value: 'account:7', name: 'account', parameter: '7' }],
    ['file::x', { value: 'file::x', name: 'file', parameter: 'x' }],
    ['file:read', { value: 'file:read', name: 'file:read' }],
    ['nested:deep:1', { value: 'nested:deep:1', name: 'nested:deep', parameter: '1' }],
    [':transaction', { value: ':transaction', name: ':transaction' }],
  ])('takes %s apart', (value, scope) => {
    expect(parse(value)).toEqual({ kind: 'scope', scope })
  })

  it.each([
    ['transaction', /needs a parameter/],
    ['transaction:', /does not take/],
    ['account:', /does not take/],
    ['account:12345', /does not take/],
    ['account:1x', /does not take/],
  ])('refuses %s', (value, reason) => {
    expect(parse(value)).toEqual({
      kind: 'invalid',
      reason: expect.stringMatching(reason) as string,
    })
  })
})

describe('parameterized scopes in tokens', () => {
  const server = testServer({
    resources: {
      apiScopes: scopes,
      apiResources: [{ name: 'urn:bank', scopes: ['transaction', 'plain'] }],
    },
    clients: [{ ...client, allowedScopes: ['transaction', 'plain'] }],
  })

  it('looks the name up and issues the value', async () => {
    const { claims } = await requestToken(server, { scope: 'plain transaction:42' })
    expect(claims).toMatchObject({ aud: 'urn:bank', scope: 'plain transaction:42' })
  })

  it('keeps values of one scope apart', async () => {
    const { claims } = await requestToken(server, {
      scope: 'transaction:1 transaction:2',
      resource: 'urn:bank',
    })
    expect(claims['scope']).toBe('transaction:1 transaction:2')
  })

  it('leaves out of the default what needs a parameter', async () => {
    expect((await requestToken(server)).claims['scope']).toBe('plain')
  })

  it('names what is wrong with a value', async () => {
    const response = await post(server, {
      grant_type: 'client_credentials',
      scope: 'transaction',
    })
    expect(bodyOf(response)).toEqual({
      error: 'invalid_scope',
      error_description: "scope 'transaction' needs a parameter",
    })
  })

  it('drops values that a parser of the application ignores', async () => {
    const ignoring = testServer({
      scopeParser: (value) =>
        value.startsWith('x-')
          ? { kind: 'ignored' }
          : { kind: 'scope', scope: { value, name: value } },
    })
    expect((await requestToken(ignoring, { scope: 'x-1 read' })).claims['scope']).toBe('read')
    const response = await post(ignoring, { grant_type: 'client_credentials', scope: 'x-1' })
    expect(bodyOf(response)).toMatchObject({ error: 'invalid_scope' })
  })
})
