import { ConfigurationError, defineResources } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { createResourceServer, headerCertificate, senderConstrained } from '../src/index.js'
import { guardWith } from '../src/express.js'
import { createKey, weakKey } from './support/test-issuer.js'
import { createWorld } from './support/world.js'

const valid = { resource: 'https://api.example.com', issuers: 'https://id.example.com' }
const issuer = 'https://id.example.com'

const { alg, privateKey: ownKey } = createKey('ES256', 'k1')
const privateKey = { ...ownKey.export({ format: 'jwk' }), alg }

const asked = { issuer, clientAuth: { secret: 'x' } }

const local = {
  ready: async () => undefined,
  findKey: async () => undefined,
  introspect: async () => ({ active: false }),
}

const create = (options: unknown): unknown =>
  Reflect.apply(createResourceServer, undefined, [options])

function pathsOf(options: unknown): readonly string[] {
  try {
    create(options)
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems.map(({ path }) => path)
    throw error
  }
  return []
}

const resources = defineResources({
  apiScopes: ['read'],
  apiResources: [
    {
      name: 'urn:invoices',
      scopes: ['read'],
      allowedAccessTokenSigningAlgorithms: ['PS256'],
    },
  ],
})

describe('options', () => {
  it.each<[string, object, string[]]>([
    ['nothing', { resource: undefined, issuers: undefined }, ['resource', 'issuers']],
    ['A07 a misspelt name', { audiance: 'x' }, ['audiance']],
    ['A07 audience empty', { audience: '' }, ['audience']],
    ['A07 audience []', { audience: [] }, ['audience']],
    ['A07 audience a regular expression', { audience: /api/ }, ['audience']],
    ['A07 audience a list of others', { audience: ['a', 1] }, ['audience[1]']],
    ['A07 audience only nothing', { audience: { only: [] } }, ['audience.only']],
    ['A07 audience all and only', { audience: { all: ['a'], only: ['a'] } }, ['audience']],
    ['A07 audience something else', { audience: { some: ['a'] } }, ['audience.some']],
    ['P07 resource with fragment', { resource: 'https://h/#x' }, ['resource']],
    ['P07 resource with user name', { resource: 'https://a@h/' }, ['resource']],
    ['P07 resource on plain http', { resource: 'http://h/' }, ['resource']],
    ['resource with a quote', { resource: 'urn:"x' }, ['resource']],
    ['resource empty', { resource: '' }, ['resource']],
    ['realm with a quote', { realm: 'a"b' }, ['realm']],
    ['realm with a line break', { realm: 'a\nb' }, ['realm']],
    ['claims without schema', { claims: { tenant_id: 'string' } }, ['claims']],
    ['claims a function', { claims: () => true }, ['claims']],
    ['no issuers', { issuers: [] }, ['issuers']],
    ['issuer on plain http', { issuers: 'http://id.example.com' }, ['issuers']],
    ['issuer that looks local', { issuers: 'http://localhost.evil.example' }, ['issuers']],
    ['issuer with query', { issuers: `${issuer}?x` }, ['issuers']],
    ['issuer no URL', { issuers: ['id'] }, ['issuers[0]']],
    ['issuer twice', { issuers: [issuer, { issuer }] }, ['issuers[1]']],
    ['issuer misspelt', { issuers: { issuer, jwksUri: 'x' } }, ['issuers.jwksUri']],
    [
      'jwks on plain http',
      { issuers: { issuer, jwks: { uri: 'http://h/' } } },
      ['issuers.jwks.uri'],
    ],
    ['a store of keys without set', { jwks: { store: { get: () => null } } }, ['jwks.store']],
    ['a store of keys that is none', { jwks: { store: 'redis' } }, ['jwks.store']],
    ['a store of keys for ever', { jwks: { storeTimeout: Infinity } }, ['jwks.storeTimeout']],
    ['jwks without keys', { issuers: { issuer, jwks: { keys: [] } } }, ['issuers.jwks.keys']],
    [
      'jwks of both kinds',
      { issuers: { issuer, jwks: { uri: `${issuer}/`, keys: [{}] } } },
      ['issuers.jwks.keys'],
    ],
    [
      'metadata that are not used',
      { issuers: { issuer, jwks: { keys: [{}] }, metadataUrl: `${issuer}/m` } },
      ['issuers.metadataUrl'],
    ],
    [
      'an endpoint without credentials for it',
      { issuers: { issuer, introspectionEndpoint: `${issuer}/i` } },
      ['issuers.introspectionEndpoint'],
    ],
    [
      'an endpoint on plain http',
      { issuers: { ...asked, introspectionEndpoint: 'http://h/i' } },
      ['issuers.introspectionEndpoint'],
    ],
    [
      'metadata that are not used for introspection',
      {
        issuers: {
          ...asked,
          jwks: { keys: [{}] },
          introspectionEndpoint: `${issuer}/i`,
          metadataUrl: `${issuer}/m`,
        },
      },
      ['issuers.metadataUrl'],
    ],
    [
      'credentials without secret',
      { issuers: [{ issuer, clientAuth: { id: '' } }] },
      ['issuers[0].clientAuth.id', 'issuers[0].clientAuth.secret'],
    ],
    ...Object.entries({
      'an empty one': {},
      'a text': 'key',
      'without alg': { ...privateKey, alg: undefined },
      'with the alg of another curve': { ...privateKey, alg: 'ES384' },
      'with a symmetric alg': { ...privateKey, alg: 'HS256' },
      'a public one': { ...privateKey, d: undefined },
      'with a kid that is a number': { ...privateKey, kid: 1 },
      'with 1024 bits': { ...weakKey('weak').privateKey.export({ format: 'jwk' }), alg: 'RS256' },
    }).map(([name, key]): [string, object, string[]] => [
      `a key that cannot sign: ${name}`,
      { issuers: { issuer, clientAuth: { privateKey: key } } },
      ['issuers.clientAuth.privateKey'],
    ]),
    [
      'a secret beside a key',
      { issuers: { issuer, clientAuth: { privateKey, secret: 'x' } } },
      ['issuers.clientAuth.secret'],
    ],
    [
      'a method of authentication',
      { issuers: { issuer, clientAuth: { secret: 'x', method: 'none' } } },
      ['issuers.clientAuth.method'],
    ],
    [
      'credentials misspelt',
      { issuers: { issuer, clientAuth: { secret: 'x', clientId: 'x' } } },
      ['issuers.clientAuth.clientId'],
    ],
    [
      'a local issuer that lacks something',
      { issuers: { issuer, local: { ...local, findKey: 'k1', jwks: 1 } } },
      ['issuers.local.jwks', 'issuers.local.findKey'],
    ],
    [
      'what is not used beside a local issuer',
      {
        issuers: { ...asked, local, jwks: { keys: [{}] }, introspectionEndpoint: `${issuer}/i` },
      },
      ['issuers.jwks', 'issuers.clientAuth', 'issuers.introspectionEndpoint'],
    ],
    [
      'a local one to ask besides',
      { issuers: [asked, { issuer: 'https://b', local }] },
      ['issuers'],
    ],
    ['tokens', { tokens: 'opaque' }, ['tokens']],
    ['nobody to ask', { tokens: 'auto' }, ['tokens']],
    ['nobody to ask about every token', { tokens: 'introspection' }, ['tokens']],
    ['two to ask', { issuers: [asked, { ...asked, issuer: 'https://b.example' }] }, ['issuers']],
    [
      'an issuer that is never asked',
      { issuers: [asked, 'https://b.example'], tokens: 'introspection' },
      ['issuers'],
    ],
    ['revocation without question', { revocation: {} }, ['revocation.isRevoked']],
    [
      'revocation',
      { revocation: { isRevoked: true, timeout: 0, onError: 'ignore', onerror: 1 } },
      ['revocation.onerror', 'revocation.isRevoked', 'revocation.timeout', 'revocation.onError'],
    ],
    ['verifiedCache true', { verifiedCache: true }, ['verifiedCache']],
    [
      'verifiedCache',
      { verifiedCache: { max: 0.5, ttl: 0, size: 1 } },
      ['verifiedCache.size', 'verifiedCache.max', 'verifiedCache.ttl'],
    ],
    [
      'introspection',
      { introspection: { cacheFor: -1, timeout: 0, negative: 1, audience: 'x', response: 'x' } },
      [
        'introspection.negative',
        'introspection.audience',
        'introspection.response',
        'introspection.cacheFor',
        'introspection.timeout',
      ],
    ],
    ['algorithms none', { algorithms: ['none'] }, ['algorithms[0]']],
    ['algorithms symmetric', { algorithms: ['ES256', 'HS256'] }, ['algorithms[1]']],
    ['algorithms []', { algorithms: [] }, ['algorithms']],
    ['tolerance of 10 minutes', { clockTolerance: 600 }, ['clockTolerance']],
    ['tolerance no number', { clockTolerance: Number.NaN }, ['clockTolerance']],
    ['age text', { maxTokenAge: '600' }, ['maxTokenAge']],
    ['subject', { subject: 'maybe' }, ['subject']],
    ['jwks', { jwks: { maxAge: 0, cooldowm: 1 } }, ['jwks.cooldowm', 'jwks.maxAge']],
    ['metadata', { metadata: { resource: 'x' } }, ['metadata.resource']],
    ['functions', { fetch: 1, now: 2, onEvent: 3 }, ['fetch', 'now', 'onEvent']],
    ['dpop', { dpop: 'maybe' }, ['dpop']],
    [
      'dpop options',
      {
        dpop: {
          mode: 'on',
          algorithms: ['HS256'],
          maxAge: 0,
          nonce: { secrets: ['short'], lifetime: 0 },
          replayStore: {},
          advertise: 1,
          replay: true,
        },
      },
      [
        'dpop.replay',
        'dpop.mode',
        'dpop.algorithms[0]',
        'dpop.maxAge',
        'dpop.nonce.secrets[0]',
        'dpop.nonce.lifetime',
        'dpop.replayStore',
        'dpop.advertise',
      ],
    ],
    ['dpop nonces without secret', { dpop: { nonce: { secrets: [] } } }, ['dpop.nonce.secrets']],
    ['mtls without certificate', { mtls: { mode: 'accept' } }, ['mtls.certificate']],
    [
      'mtls in another mode',
      { mtls: { mode: 'reject', certificate: () => undefined } },
      ['mtls.mode'],
    ],
    ['publicOrigin with a path', { publicOrigin: 'https://h/' }, ['publicOrigin']],
    ['publicOrigin on plain http', { publicOrigin: 'http://h' }, ['publicOrigin']],
    ['publicOrigin in capitals', { publicOrigin: 'https://H' }, ['publicOrigin']],
    ['dpop without address', { resource: 'urn:a', dpop: 'require' }, ['publicOrigin']],
    ['dpop without address', { resource: 'urn:a', dpop: { maxAge: 10 } }, ['publicOrigin']],
    ['resources', { resources: [] }, ['resources']],
    ['profile', { profile: 'toString' }, ['profile']],
    [
      'challenge',
      { challenge: { body: 'html', descriptions: 1, realm: 'x' } },
      ['challenge.realm', 'challenge.descriptions', 'challenge.body'],
    ],
    ['sources', { sources: { query: 'yes', form: true } }, ['sources.form', 'sources.query']],
    ['sources none', { sources: { header: false } }, ['sources']],
    ['a cookie without name', { sources: { cookie: {} } }, ['sources.cookie.name']],
    [
      'a cookie nobody can send',
      { sources: { cookie: { name: 'a b', customHeader: 'x:' } } },
      ['sources.cookie.name', 'sources.cookie.customHeader'],
    ],
    ['an alias', { metadata: { rootAlias: 'yes' } }, ['metadata.rootAlias']],
    ['clients', { issuers: { issuer, clients: [] } }, ['issuers.clients']],
    [
      'the shape of tokens',
      {
        issuers: {
          issuer,
          tokenShape: {
            types: ['JWT'],
            typ: [],
            client: [''],
            mayLack: ['exp'],
            forbidden: 'nonce',
            expected: { use: 'access' },
            clientAsAudience: true,
            scopes: [[]],
            roles: 'roles',
            isMachine: true,
          },
        },
      },
      [
        'types',
        'typ',
        'client[0]',
        'mayLack[0]',
        'forbidden',
        'expected.use',
        'clientAsAudience',
        'scopes[0]',
        'roles',
        'isMachine',
      ].map((name) => `issuers.tokenShape.${name}`),
    ],
    [
      'a shape that ID tokens have, too',
      { issuers: { issuer, tokenShape: { typ: ['at+jwt', 'JWT'] } } },
      ['tokenShape.typ'],
    ],
    [
      'a shape that everything has',
      { issuers: { issuer, tokenShape: { typ: [undefined], mayLack: ['aud'] } } },
      ['tokenShape.typ'],
    ],
    [
      'a shape that fits any API',
      { issuers: { issuer, tokenShape: { mayLack: ['aud'] } } },
      ['tokenShape.mayLack'],
    ],
    ['a resource that is not declared', { resources }, ['resource']],
    [
      'algorithms the resource does not allow',
      { resource: 'urn:invoices', resources, algorithms: ['ES256'] },
      ['algorithms'],
    ],
  ])('reports %s', (_, changes, paths) => {
    expect(pathsOf({ ...valid, ...changes })).toEqual(paths)
  })

  it('reports everything at once', () => {
    expect(pathsOf({ resource: '', issuers: 'x', audience: [], extra: 1 })).toEqual([
      'extra',
      'resource',
      'issuers',
      'audience',
    ])
    expect(() => create('x')).toThrow(ConfigurationError)
  })

  it.each([
    ['127.0.0.1', 'http://127.0.0.1:5001'],
    ['[::1]', 'http://[::1]:5001'],
    ['localhost', 'http://localhost:5001'],
  ])('allow plain http on %s', (_, issuers) => {
    expect(pathsOf({ ...valid, issuers })).toEqual([])
  })
})

describe('options of sender constraints', () => {
  it.each([
    ['rejecting DPoP without address', { resource: 'urn:a', dpop: 'reject' }],
    ['saying nothing without address', { resource: 'urn:a' }],
    [
      'DPoP where publicOrigin tells',
      { resource: 'urn:a', dpop: 'require', publicOrigin: 'https://h' },
    ],
    ['a function that tells', { resource: 'urn:a', dpop: {}, publicOrigin: () => 'https://h' }],
    ['an address on this machine', { publicOrigin: 'http://127.0.0.1:3000' }],
  ])('allow %s', (_, changes) => {
    expect(pathsOf({ ...valid, ...changes })).toEqual([])
  })

  it.each([
    ['M04 a header without trust', { header: 'client-cert' }],
    ['M04 trust that is no function', { header: 'client-cert', trusted: true }],
    ['no name', { header: '', trusted: () => true }],
    ['a name with a space', { header: 'client cert', trusted: () => true }],
    ['nothing', undefined],
  ])('headerCertificate is not made for %s', (_, options) => {
    expect(() => Reflect.apply(headerCertificate, undefined, [options])).toThrow(ConfigurationError)
  })

  it.each([[['mtsl']], [['dpop', 'mtls']], [['toString']], [['any']]])(
    'senderConstrained is not made for %j',
    (methods) => {
      expect(() => Reflect.apply(senderConstrained, undefined, methods)).toThrow(ConfigurationError)
    },
  )
})

describe('options of introspection', () => {
  it.each([
    ['a key', { issuers: { issuer, clientAuth: { privateKey } } }],
    ['one to ask among several issuers', { issuers: [asked, 'https://b.example'] }],
    [
      'several with credentials that are not used',
      { issuers: [asked, { ...asked, issuer: 'https://b.example' }], tokens: 'jwt' },
    ],
    [
      'metadata that tell the endpoint alone',
      { issuers: { ...asked, jwks: { keys: [{}] }, metadataUrl: `${issuer}/m` } },
    ],
    [
      'an endpoint on this machine',
      { issuers: { ...asked, introspectionEndpoint: 'http://127.0.0.1:5001/introspect' } },
    ],
  ])('allow %s', (_, changes) => {
    expect(pathsOf({ ...valid, ...changes })).toEqual([])
  })
})

describe('guard', () => {
  const guard: unknown = guardWith(
    createResourceServer({ resource: 'urn:invoices', issuers: issuer, resources }),
  )
  const guardFor = (...values: unknown[]): unknown =>
    typeof guard === 'function' ? Reflect.apply(guard, undefined, values) : undefined

  it.each<[string, unknown[]]>([
    ['S10 no scope', [[]]],
    ['S10 a scope the API does not have', ['raed']],
    ['S10 one in a list', [['read', 'write']]],
    ['a second scope that would not count', ['read', 'write']],
    ['an option that does not exist', ['read', { optionel: true }]],
    ['null', ['read', null]],
    ['another way to handle errors', ['read', { onError: 'ignore' }]],
    ['an option that is no boolean', ['read', { optional: 'yes' }]],
  ])('is not made for %s', (_, values) => {
    expect(() => guardFor(...values)).toThrow(ConfigurationError)
  })

  it('has no metadata for a resource that is no URL', () => {
    const { api } = createWorld({ resource: 'urn:invoices' })
    expect(() => guardWith(api).metadata()).toThrow(ConfigurationError)
  })
})
