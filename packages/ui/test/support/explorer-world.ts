import { createAuthorizationServer, sha256 } from '@bailiwick/core'
import type { AuthorizationServer, Client } from '@bailiwick/core'
import { defineResources } from '@bailiwick/protocol'
import type {
  HttpHandler,
  HttpRequest,
  HttpResponse,
  ResourceDefinitions,
} from '@bailiwick/protocol'
import { createExplorer } from '../../src/index.js'
import type { ExplorerOptions } from '../../src/index.js'

export const issuer = 'https://id.example.com'

/** What a company has that sends invoices. */
const exampleResources = defineResources({
  identityResources: [
    'openid',
    'email',
    {
      name: 'employee_info',
      displayName: 'Employee information',
      userClaims: ['seniority', 'office'],
    },
  ],
  apiScopes: [
    { name: 'invoice.read', displayName: 'Reads your invoices' },
    { name: 'invoice.pay', displayName: 'Pays your invoices', userClaims: ['payment_limit'] },
    { name: 'customer.read', displayName: 'Reads your customers' },
    { name: 'customer.write', displayName: 'Changes your customers', implies: ['customer.read'] },
    { name: 'transaction', displayName: 'Makes one transaction', parameter: {} },
    { name: 'audit.export' },
  ],
  apiResources: [
    {
      name: 'urn:invoices',
      displayName: 'Invoice API',
      scopes: ['invoice.read', 'invoice.pay'],
      userClaims: ['department_id'],
    },
    {
      name: 'urn:customers',
      displayName: 'Customer API',
      scopes: ['customer.read', 'customer.write', 'invoice.read'],
    },
    {
      name: 'urn:bank',
      displayName: 'Bank API',
      scopes: ['transaction', 'invoice.pay'],
      userClaims: ['payment_limit'],
      requireResourceIndicator: true,
      allowedAccessTokenSigningAlgorithms: ['RS256'],
    },
  ],
})

export const secretHash = sha256('secret')

export const exampleClients: readonly Client[] = [
  {
    clientId: 'web',
    clientName: 'The shop',
    clientSecrets: [{ value: secretHash }],
    allowedGrantTypes: ['authorization_code', 'refresh_token'],
    redirectUris: ['https://shop.example.com/callback'],
    allowedScopes: ['openid', 'email', 'invoice.read', 'invoice.pay', 'customer.read'],
    allowOfflineAccess: true,
  },
  {
    clientId: 'app',
    clientName: 'The app',
    requireClientSecret: false,
    allowedGrantTypes: ['authorization_code', 'refresh_token'],
    applicationType: 'native',
    redirectUris: ['com.example.app:/callback'],
    allowedScopes: ['openid', 'employee_info', 'invoice.read', 'transaction'],
    allowOfflineAccess: true,
  },
  {
    clientId: 'batch',
    clientName: 'Nightly run',
    clientSecrets: [{ value: secretHash }],
    allowedGrantTypes: ['client_credentials'],
    allowedScopes: ['invoice.read', 'customer.read', 'customer.write'],
    allowedResources: ['urn:customers'],
  },
]

const claimsOfAlice: Readonly<Record<string, unknown>> = {
  email: 'alice@example.com',
  email_verified: true,
  department_id: 'D-42',
  payment_limit: 5000,
  office: 'Bern',
}

/** A server for resources and clients, about whose users only Alice is known. */
export function createExampleServer(
  resources: ResourceDefinitions = exampleResources,
  clients: readonly Client[] = exampleClients,
): AuthorizationServer {
  return createAuthorizationServer({
    issuer: 'http://127.0.0.1:5001',
    resources,
    clients,
    profile: {
      claims: async ({ subject }) => (subject === 'alice' ? claimsOfAlice : {}),
      isActive: async () => true,
    },
  })
}

/** An explorer that is open to everybody, unless a test says otherwise. */
export function createExplorerWorld(options: Partial<ExplorerOptions> = {}): {
  readonly handle: HttpHandler
  readonly get: (url?: string, request?: Partial<HttpRequest>) => Promise<HttpResponse>
} {
  const { resources = exampleResources, clients = exampleClients } = options
  const server = { ...createExampleServer(resources, clients), issuer }
  const handle = createExplorer({
    server,
    resources,
    clients,
    name: 'Example ID',
    access: { authenticate: () => true },
    ...options,
  })
  return {
    handle,
    async get(url = '/explorer', request = {}) {
      const response = await handle({
        method: 'GET',
        url,
        headers: {},
        body: async () => '',
        ...request,
      })
      if (response === undefined) throw new Error(`there is no page at ${url}`)
      return response
    },
  }
}

/** As many entries as somebody may have at most, with a hub to which nearly everything leads. */
export function createLargeConfiguration(): {
  readonly resources: ResourceDefinitions
  readonly clients: readonly Client[]
} {
  const count = (length: number): number[] => Array.from({ length }, (_, index) => index + 1)
  const scopes = count(200).map((number) => `area${number % 40}.action${number}`)
  return {
    resources: {
      identityResources: ['openid', 'profile', 'email'],
      apiScopes: scopes,
      apiResources: count(120).map((number) => ({
        name: `urn:api:${number}`,
        displayName: `API number ${number}`,
        scopes: scopes.filter((_, index) => index % 120 === number - 1 || index === 0),
        userClaims: [`claim_${number % 20}`],
        requireResourceIndicator: number % 10 === 0,
      })),
    },
    clients: count(150).map((number) => ({
      clientId: `client-${number}`,
      clientSecrets: [{ value: secretHash }],
      allowedGrantTypes: ['client_credentials'],
      allowedScopes: scopes.filter((_, index) => index % 50 === number % 50),
    })),
  }
}
