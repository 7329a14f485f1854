import { defineResources } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { guardWith as guardWithExpress } from '../src/express.js'
import { guardWith as guardWithFetch } from '../src/fetch.js'
import { claim, createResourceServer } from '../src/index.js'
import { guardWith as guardWithKoa } from '../src/koa.js'
import { entra } from '../src/presets.js'
import { createNetwork } from './support/fake-network.js'

const resources = defineResources({
  apiScopes: ['invoice.read', 'invoice.pay', { name: 'transaction', parameter: {} }, 'other'],
  apiResources: [
    { name: 'urn:invoices', scopes: ['invoice.read', 'invoice.pay', 'transaction'] },
    { name: 'urn:other', scopes: ['other'] },
  ],
})
const issuer = 'https://id.example.com'
const valid = { resource: 'urn:invoices', issuers: issuer, resources } as const
const guard = guardWithFetch(createResourceServer(valid))

const create = (options: unknown) => (): unknown =>
  Reflect.apply(createResourceServer, undefined, [options])
const guarded = (needs: unknown) => (): unknown => Reflect.apply(guard, undefined, [needs])

describe('a typical mistake is told with what to do about it', () => {
  it.each<[string, () => unknown, string]>([
    ['no options', create(undefined), 'options: an object is needed, with resource, issuers, '],
    ['no resource', create({ issuers: issuer }), 'resource: the name of this API is needed'],
    ['no issuers', create({ resource: 'urn:a' }), 'issuers: the URL of an issuer is needed, or an'],
    [
      'clientAuth beside issuers',
      create({ ...valid, clientAuth: { secret: 'x' } }),
      "clientAuth: it is an option of an issuer: issuers: { issuer: '…', clientAuth: … }",
    ],
    [
      'an option that is nowhere',
      create({ ...valid, audiance: 'x' }),
      'audiance: there is no such option: there are resource, issuers, ',
    ],
    [
      'introspection without clientAuth',
      create({ ...valid, introspection: { cacheFor: 1 } }),
      'introspection: nobody is asked: give an issuer clientAuth',
    ],
    [
      'introspection of JWTs only',
      create({
        ...valid,
        issuers: { issuer, clientAuth: { secret: 'x' } },
        tokens: 'jwt',
        introspection: { cacheFor: 1 },
      }),
      "introspection: nobody is asked: give an issuer clientAuth, and do not set tokens: 'jwt'",
    ],
    [
      'a function for revocation',
      create({ ...valid, revocation: () => false }),
      'revocation: an object is needed, with isRevoked, timeout, onError',
    ],
    [
      'claims without schema',
      create({ ...valid, claims: { tenant_id: 'string' } }),
      'claims: a schema of zod, valibot, arktype or another library of the Standard Schema',
    ],
    [
      'a misspelt scope',
      guarded('invoice.raed'),
      "'invoice.raed' is no scope of this API, which has invoice.read, invoice.pay, transaction: add",
    ],
    [
      'every tenant of Entra ID',
      () => entra({ tenantId: 'common' }),
      'entra.tenantId: a GUID in lower case is needed, and neither common nor a domain',
    ],
    [
      'a scope with a parameter',
      guarded('transaction:42'),
      'add it there, or use scopePattern if it has a parameter',
    ],
    [
      'scopes in one text',
      guarded('invoice.read invoice.pay'),
      "'invoice.read invoice.pay' is no scope (RFC 6749 section 3.3): write several as a list",
    ],
    ['a function', guarded(() => true), 'a scope, a list of scopes or a requirement is needed'],
    [
      'a claim without value',
      guarded(claim('plan')),
      'a claim alone is no requirement: add equals, includes, oneOf or satisfies',
    ],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(message)
  })

  it.each([
    ['express', guardWithExpress],
    ['koa', guardWithKoa],
    ['fetch', guardWithFetch],
  ])('options instead of an API, for %s', (_, guardWith) => {
    expect(() => Reflect.apply(guardWith, undefined, [valid])).toThrow(
      'guardWith: what createResourceServer returned is needed',
    )
  })
})

describe('ready tells', () => {
  const metadataUrl = `${issuer}/.well-known/openid-configuration`

  it('that the slash at the end of an issuer counts', async () => {
    const network = createNetwork()
    network.serveJson(metadataUrl, { issuer, jwks_uri: `${issuer}/jwks` })
    const options = { resource: 'urn:a', issuers: `${issuer}/`, fetch: network.fetch }
    await expect(createResourceServer(options).ready()).rejects.toThrow(
      `its issuer is not exactly '${issuer}/': a slash at the end counts`,
    )
  })

  it('which address does not answer', async () => {
    const fetch = async (): Promise<Response> => {
      throw new Error('no route')
    }
    const api = createResourceServer({ resource: 'urn:a', issuers: issuer, fetch })
    await expect(api.ready()).rejects.toMatchObject({
      reason: 'keys_unavailable',
      cause: {
        message: `cannot get JSON from ${metadataUrl}`,
        cause: { message: 'no route' },
      },
    })
  })

  it('which address answers with something else than JSON', async () => {
    const fetch = async (): Promise<Response> => new Response('<html>')
    const api = createResourceServer({ resource: 'urn:a', issuers: issuer, fetch })
    await expect(api.ready()).rejects.toMatchObject({
      cause: { message: `cannot get JSON from ${metadataUrl}` },
    })
  })
})
