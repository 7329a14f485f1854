import type { ResourceDefinitions } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import type { AuthorizationServer } from '../../src/index.js'
import { withExplanations } from '../support/explains-as-issued.js'
import { bodyOf, client, issuer, post, requestToken, testServer } from '../support/server.js'

const serverOf = (resources: ResourceDefinitions, options = {}): AuthorizationServer => {
  const allowedScopes = (resources.apiScopes ?? []).map((scope) =>
    typeof scope === 'string' ? scope : scope.name,
  )
  return withExplanations(
    testServer({ resources, clients: [{ ...client, allowedScopes }], ...options }),
  )
}

const invoiceAndCustomer: ResourceDefinitions = {
  apiScopes: [
    'invoice.read',
    'invoice.pay',
    'customer.read',
    'customer.contact',
    'manage',
    'enumerate',
  ],
  apiResources: [
    { name: 'invoice', scopes: ['invoice.read', 'invoice.pay', 'manage', 'enumerate'] },
    {
      name: 'customer',
      scopes: ['customer.read', 'customer.contact', 'manage', 'enumerate'],
      userClaims: ['department_id', 'sales_region'],
    },
  ],
}

const sharedScopes = (isIsolated: boolean): ResourceDefinitions => ({
  apiScopes: ['read', 'write'],
  apiResources: [
    { name: 'urn:invoices', scopes: ['read', 'write'], requireResourceIndicator: isIsolated },
    { name: 'urn:products', scopes: ['read', 'write'] },
  ],
})

const ordersAndInventory: ResourceDefinitions = {
  apiScopes: [
    'orders.read',
    'orders.write',
    'shared.read',
    'inventory.read',
    'inventory.write',
    'global.audit',
  ],
  apiResources: [
    { name: 'urn:orders', scopes: ['orders.read', 'orders.write', 'shared.read'] },
    {
      name: 'urn:inventory',
      scopes: ['inventory.read', 'inventory.write', 'shared.read'],
      requireResourceIndicator: true,
    },
  ],
}

interface Example {
  readonly scope: string
  readonly resource?: string
  readonly aud: string | readonly string[] | undefined
}

describe.each<[string, ResourceDefinitions, readonly Example[]]>([
  [
    'two APIs that share scopes',
    invoiceAndCustomer,
    [
      { scope: 'invoice.read invoice.pay', aud: 'invoice' },
      { scope: 'invoice.read customer.read', aud: ['invoice', 'customer'] },
      { scope: 'manage', aud: ['invoice', 'customer'] },
    ],
  ],
  [
    'two APIs with the same scopes',
    sharedScopes(false),
    [
      { scope: 'read', aud: ['urn:invoices', 'urn:products'] },
      { scope: 'read', resource: 'urn:invoices', aud: 'urn:invoices' },
    ],
  ],
  [
    'an isolated one of two APIs with the same scopes',
    sharedScopes(true),
    [
      { scope: 'read', aud: 'urn:products' },
      { scope: 'read', resource: 'urn:invoices', aud: 'urn:invoices' },
    ],
  ],
  [
    'an API, an isolated API and a scope of none',
    ordersAndInventory,
    [
      { scope: 'orders.read', aud: 'urn:orders' },
      { scope: 'inventory.read', aud: undefined },
      { scope: 'inventory.read', resource: 'urn:inventory', aud: 'urn:inventory' },
      { scope: 'orders.read global.audit', aud: 'urn:orders' },
      { scope: 'shared.read', aud: 'urn:orders' },
    ],
  ],
  ['no API at all', { apiScopes: ['read'] }, [{ scope: 'read', aud: undefined }]],
])('%s', (_, resources, examples) => {
  it.each(examples)(
    'scope=$scope resource=$resource → aud $aud',
    async ({ aud, ...parameters }) => {
      const { claims, response } = await requestToken(serverOf(resources), parameters)
      expect(claims.aud).toEqual(aud)
      expect('aud' in claims).toBe(aud !== undefined)
      expect(claims['scope']).toBe(parameters.scope)
      expect(response['scope']).toBe(parameters.scope)
    },
  )
})

it('adds {issuer}/resources with emitStaticAudienceClaim', async () => {
  const options = { emitStaticAudienceClaim: true }
  const alone = await requestToken(serverOf({ apiScopes: ['read'] }, options))
  expect(alone.claims.aud).toBe(`${issuer}/resources`)
  const withAnApi = await requestToken(serverOf(sharedScopes(true), options), { scope: 'read' })
  expect(withAnApi.claims.aud).toEqual(['urn:products', `${issuer}/resources`])
})

describe('signing algorithms', () => {
  const resources: ResourceDefinitions = {
    apiScopes: ['invoice.read', 'customer.read', 'urn.read'],
    apiResources: [
      {
        name: 'invoice',
        scopes: ['invoice.read'],
        allowedAccessTokenSigningAlgorithms: ['PS256'],
      },
      {
        name: 'customer',
        scopes: ['customer.read'],
        allowedAccessTokenSigningAlgorithms: ['ES256'],
      },
      { name: 'urn:open', scopes: ['urn.read'] },
    ],
  }

  it('signs with the algorithm of the API', async () => {
    const server = serverOf(resources)
    expect((await requestToken(server, { scope: 'invoice.read' })).header.alg).toBe('PS256')
    expect((await requestToken(server, { scope: 'customer.read urn.read' })).header.alg).toBe(
      'ES256',
    )
    expect((await requestToken(server, { scope: 'urn.read' })).header.alg).toBe('RS256')
  })

  it('makes the keys that the APIs ask for when it is given none', async () => {
    const server = serverOf(resources, { signingKeys: undefined })
    expect((await requestToken(server, { scope: 'invoice.read' })).header.alg).toBe('PS256')
  })

  it('tells which APIs disagree', async () => {
    const response = await post(serverOf(resources), {
      grant_type: 'client_credentials',
      scope: 'invoice.read customer.read urn.read',
    })
    expect(response.status).toBe(400)
    expect(bodyOf(response)).toEqual({
      error: 'invalid_target',
      error_description: expect.stringMatching(
        /'invoice' takes PS256, 'customer' takes ES256/,
      ) as string,
    })
  })
})
