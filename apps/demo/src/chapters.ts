import { defineResources } from '@bailiwick/protocol'
import type { ResourceDefinitions } from '@bailiwick/protocol'

/** A token request, and what must come of it. */
export interface Example {
  readonly scope: string
  readonly resource?: string
  /** What the token says, or the error of the token endpoint. */
  readonly token:
    | { readonly aud?: string | readonly string[]; readonly scope: string; readonly alg: string }
    | { readonly error: string }
  /** The status with which the two APIs answer the token; absent when there is none. */
  readonly answers?: { readonly invoice: number; readonly customer: number }
}

/** One configuration of resources, and what it makes of requests. */
export interface Chapter {
  /** The path of its issuer. */
  readonly name: string
  readonly title: string
  readonly resources: ResourceDefinitions
  readonly emitStaticAudienceClaim?: boolean
  /** The API resources that the two APIs are in this chapter. */
  readonly apis: { readonly invoice: string; readonly customer: string }
  readonly examples: readonly Example[]
}

const invoicesAndProducts = (isIsolated: boolean): ResourceDefinitions =>
  defineResources({
    apiScopes: ['read', 'write'],
    apiResources: [
      {
        name: 'urn:invoices',
        scopes: ['read', 'write'],
        requireResourceIndicator: isIsolated,
      },
      { name: 'urn:products', scopes: ['read', 'write'] },
    ],
  })

/** The tour: each chapter shows one thing that the resource model does. */
export const chapters: readonly Chapter[] = [
  {
    name: 'scopes',
    title: 'An API groups scopes: the scopes that are asked for decide the audience',
    resources: defineResources({
      apiScopes: [
        { name: 'invoice.read', displayName: 'Reads your invoices.' },
        { name: 'invoice.pay', displayName: 'Pays your invoices.' },
        { name: 'customer.read', displayName: 'Reads your customers.' },
        { name: 'customer.contact', displayName: 'Contacts your customers.' },
        { name: 'manage', displayName: 'Manages everything.' },
        { name: 'enumerate', displayName: 'Lists everything.' },
      ],
      apiResources: [
        {
          name: 'invoice',
          displayName: 'Invoice API',
          scopes: ['invoice.read', 'invoice.pay', 'manage', 'enumerate'],
        },
        {
          name: 'customer',
          displayName: 'Customer API',
          scopes: ['customer.read', 'customer.contact', 'manage', 'enumerate'],
          userClaims: ['department_id', 'sales_region'],
        },
      ],
    }),
    apis: { invoice: 'invoice', customer: 'customer' },
    examples: [
      {
        scope: 'invoice.read invoice.pay',
        token: { aud: 'invoice', scope: 'invoice.read invoice.pay', alg: 'RS256' },
        answers: { invoice: 200, customer: 401 },
      },
      {
        scope: 'invoice.read customer.read',
        token: {
          aud: ['invoice', 'customer'],
          scope: 'invoice.read customer.read',
          alg: 'RS256',
        },
        answers: { invoice: 200, customer: 200 },
      },
      {
        scope: 'manage',
        token: { aud: ['invoice', 'customer'], scope: 'manage', alg: 'RS256' },
        answers: { invoice: 200, customer: 200 },
      },
    ],
  },
  {
    name: 'shared',
    title: 'Two APIs share their scopes: resource narrows the token to one of them',
    resources: invoicesAndProducts(false),
    apis: { invoice: 'urn:invoices', customer: 'urn:products' },
    examples: [
      {
        scope: 'read',
        token: { aud: ['urn:invoices', 'urn:products'], scope: 'read', alg: 'RS256' },
        answers: { invoice: 200, customer: 200 },
      },
      {
        scope: 'read',
        resource: 'urn:invoices',
        token: { aud: 'urn:invoices', scope: 'read', alg: 'RS256' },
        answers: { invoice: 200, customer: 401 },
      },
    ],
  },
  {
    name: 'isolated',
    title: 'The same with urn:invoices isolated: it has to be named',
    resources: invoicesAndProducts(true),
    apis: { invoice: 'urn:invoices', customer: 'urn:products' },
    examples: [
      {
        scope: 'read',
        token: { aud: 'urn:products', scope: 'read', alg: 'RS256' },
        answers: { invoice: 401, customer: 200 },
      },
      {
        scope: 'read',
        resource: 'urn:invoices',
        token: { aud: 'urn:invoices', scope: 'read', alg: 'RS256' },
        answers: { invoice: 200, customer: 401 },
      },
    ],
  },
  {
    name: 'orders',
    title: 'urn:inventory is isolated, shared.read belongs to both, global.audit to none',
    resources: defineResources({
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
    }),
    apis: { invoice: 'urn:orders', customer: 'urn:inventory' },
    examples: [
      {
        scope: 'orders.read',
        token: { aud: 'urn:orders', scope: 'orders.read', alg: 'RS256' },
        answers: { invoice: 200, customer: 401 },
      },
      {
        scope: 'inventory.read',
        token: { scope: 'inventory.read', alg: 'RS256' },
        answers: { invoice: 401, customer: 401 },
      },
      {
        scope: 'inventory.read',
        resource: 'urn:inventory',
        token: { aud: 'urn:inventory', scope: 'inventory.read', alg: 'RS256' },
        answers: { invoice: 401, customer: 200 },
      },
      {
        scope: 'orders.read global.audit',
        token: { aud: 'urn:orders', scope: 'orders.read global.audit', alg: 'RS256' },
        answers: { invoice: 200, customer: 401 },
      },
      {
        scope: 'shared.read',
        token: { aud: 'urn:orders', scope: 'shared.read', alg: 'RS256' },
        answers: { invoice: 200, customer: 401 },
      },
    ],
  },
  {
    name: 'no-api',
    title: 'No API resource at all: the token has no audience, and no API takes it',
    resources: defineResources({ apiScopes: ['read'] }),
    apis: { invoice: 'invoice', customer: 'customer' },
    examples: [
      {
        scope: 'read',
        token: { scope: 'read', alg: 'RS256' },
        answers: { invoice: 401, customer: 401 },
      },
    ],
  },
  {
    name: 'static-audience',
    title: 'The same with emitStaticAudienceClaim, for APIs that expect {issuer}/resources',
    resources: defineResources({ apiScopes: ['read'] }),
    emitStaticAudienceClaim: true,
    apis: { invoice: 'invoice', customer: 'customer' },
    examples: [
      {
        scope: 'read',
        token: { aud: '{issuer}/resources', scope: 'read', alg: 'RS256' },
        answers: { invoice: 401, customer: 401 },
      },
    ],
  },
  {
    name: 'algorithms',
    title: 'APIs choose the algorithm, and have to agree when they share a token',
    resources: defineResources({
      apiScopes: ['invoice.read', 'customer.read'],
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
      ],
    }),
    apis: { invoice: 'invoice', customer: 'customer' },
    examples: [
      {
        scope: 'invoice.read',
        token: { aud: 'invoice', scope: 'invoice.read', alg: 'PS256' },
        answers: { invoice: 200, customer: 401 },
      },
      {
        scope: 'customer.read',
        token: { aud: 'customer', scope: 'customer.read', alg: 'ES256' },
        answers: { invoice: 401, customer: 200 },
      },
      { scope: 'invoice.read customer.read', token: { error: 'invalid_target' } },
    ],
  },
]
