import { defineResources } from '@bailiwick/protocol'
import type { AuthInfo } from '@modelcontextprotocol/sdk/server/auth/types.js'
import express from 'express'
import Koa from 'koa'
import { z } from 'zod'
import { guardWith as guardExpress } from '../src/express.js'
import { guardWith as guardFetch } from '../src/fetch.js'
import {
  all,
  any,
  anyScope,
  authorizationDetails,
  claim,
  client,
  createResourceServer,
  headerCertificate,
  dangerouslySkip,
  machine,
  role,
  scope,
  scopePattern,
  senderConstrained,
  stepUp,
  tenant,
  user,
} from '../src/index.js'
import type { Auth, IssuerOptions, TokenShape } from '../src/index.js'
import { guardWith as guardKoa } from '../src/koa.js'
import { createMcpResourceServer, toAuthInfo } from '../src/mcp.js'
import { cognito, entra, xsuaa } from '../src/presets.js'

const resources = defineResources({
  apiScopes: [{ name: 'invoice.read' }, { name: 'invoice.pay' }, { name: 'order.read' }],
  apiResources: [
    { name: 'urn:invoices', scopes: ['invoice.read', 'invoice.pay'] },
    { name: 'urn:orders', scopes: ['order.read'] },
  ],
})
const issuers = 'http://127.0.0.1:5001'
const api = createResourceServer({ resource: 'urn:invoices', issuers, resources })
const untyped = createResourceServer({ resource: 'urn:anything', issuers })

// @ts-expect-error -- the resource is not declared
createResourceServer({ resource: 'urn:invoice', issuers, resources })
// @ts-expect-error -- there is no such option
createResourceServer({ resource: 'urn:invoices', issuers, audiance: 'x' })
// @ts-expect-error -- nobody would be trusted
createResourceServer({ resource: 'urn:invoices', issuers: [] })
// @ts-expect-error -- an API that shares a secret could make tokens itself
createResourceServer({ resource: 'urn:invoices', issuers, algorithms: ['HS256'] })
// @ts-expect-error -- patterns match more than they seem to
createResourceServer({ resource: 'urn:invoices', issuers, audience: /invoices/ })

createResourceServer({ resource: 'urn:i', issuers, dpop: { algorithms: ['ES256'], maxAge: 30 } })
// @ts-expect-error -- there is no such mode
createResourceServer({ resource: 'urn:i', issuers, dpop: 'optional' })
// @ts-expect-error -- whoever checks such a proof could make it
createResourceServer({ resource: 'urn:i', issuers, dpop: { algorithms: ['HS256'] } })
// @ts-expect-error -- nonces that nobody authenticates could be made up
createResourceServer({ resource: 'urn:i', issuers, dpop: { nonce: { secrets: [] } } })
// @ts-expect-error -- nobody would find a certificate
createResourceServer({ resource: 'urn:i', issuers, mtls: { mode: 'require' } })
// @ts-expect-error -- clients could write any certificate into the header
headerCertificate({ header: 'client-cert' })
// @ts-expect-error -- a promise is true, whatever comes of it
headerCertificate({ header: 'client-cert', trusted: async () => false })
createResourceServer({ resource: 'urn:i', issuers, audience: (names) => names.includes('urn:i') })
// @ts-expect-error -- a promise is no answer
createResourceServer({ resource: 'urn:i', issuers, audience: async () => true })
createResourceServer({ resource: 'urn:i', issuers, audience: dangerouslySkip, profile: 'legacy' })
// @ts-expect-error -- some other symbol skips nothing
createResourceServer({ resource: 'urn:i', issuers, audience: Symbol('skip') })
// @ts-expect-error -- there is no such profile
createResourceServer({ resource: 'urn:i', issuers, profile: 'oauth20' })
// @ts-expect-error -- there is no such source
createResourceServer({ resource: 'urn:i', issuers, sources: { url: true } })
// @ts-expect-error -- a cookie has a name
createResourceServer({ resource: 'urn:i', issuers, sources: { cookie: {} } })
// @ts-expect-error -- there is no such body
createResourceServer({ resource: 'urn:i', issuers, challenge: { body: 'html' } })

const shaped = (tokenShape: Partial<TokenShape>): IssuerOptions => ({ issuer: issuers, tokenShape })
shaped({ typ: ['JWT', undefined], scopes: [['a', 'b'], 'scp'], expected: { use: ['access'] } })
// @ts-expect-error -- there is no such member
shaped({ types: ['JWT'] })
// @ts-expect-error -- every token expires
shaped({ mayLack: ['exp'] })
// @ts-expect-error -- an empty list accepts nothing
shaped({ typ: [] })

createResourceServer({ resource: 'urn:i', issuers: [entra({ tenantId: 'x' }), issuers] })
createResourceServer({ resource: 'urn:i', issuers: entra({ tenantId: 'x' }) })
createResourceServer({ resource: 'urn:i', issuers: entra({ tenantIds: ['x', 'y'] }) })
createResourceServer({ resource: 'urn:i', issuers: [issuers, ...entra({ tenantIds: ['x'] })] })
// @ts-expect-error -- nobody's tokens would be accepted
entra({ tenantIds: [] })
// @ts-expect-error -- one of the two would not count
entra({ tenantId: 'x', tenantIds: ['y'] })
// @ts-expect-error -- tokens for any application would be accepted
xsuaa({ url: issuers })
// @ts-expect-error -- tokens of Cognito do not name their API
cognito({ region: 'eu-central-1', userPoolId: 'p' })
// @ts-expect-error -- nobody's tokens would be accepted
cognito({ region: 'eu-central-1', userPoolId: 'p', clientIds: [] })

const clientAuth = { secret: 'secret' }
createResourceServer({ resource: 'urn:invoices', issuers: { issuer: issuers, clientAuth } })
// @ts-expect-error -- credentials need a secret
createResourceServer({ resource: 'urn:i', issuers: { issuer: issuers, clientAuth: { id: 'i' } } })
const privateKey = { kty: 'OKP', crv: 'Ed25519', d: 'd', x: 'x', alg: 'EdDSA' } as const
createResourceServer({
  resource: 'urn:i',
  issuers: { issuer: issuers, clientAuth: { privateKey } },
})
const { alg: _, ...withoutAlgorithm } = privateKey
const withoutAlg = { issuer: issuers, clientAuth: { privateKey: withoutAlgorithm } }
// @ts-expect-error -- nobody knows what the key signs with
createResourceServer({ resource: 'urn:i', issuers: withoutAlg })
// @ts-expect-error -- there is no such kind of token
createResourceServer({ resource: 'urn:i', issuers: { issuer: issuers, clientAuth }, tokens: 'any' })

const guard = guardExpress(api)
guard()
guard('invoice.read')
guard(['invoice.read', 'invoice.pay'])
guard(scope('invoice.read', 'invoice.pay'))
guard(all('invoice.pay', senderConstrained('dpop')))
// @ts-expect-error -- there is no such method
guard(senderConstrained('tls'))
guard(anyScope('invoice.read', 'invoice.pay'))
guard(claim('plan').equals('pro'))
guard(all('invoice.pay', claim(['realm_access', 'roles']).includes('accountant')))
guard(any('invoice.read', all('invoice.pay', claim('plan').oneOf('pro', 'max'))))
guard(undefined, { optional: true })
guard(scopePattern('invoice.read:*'))
guard(scopePattern('invoice.pay/*', '42'))
guard(
  all(
    'invoice.pay',
    stepUp({ acrValues: ['urn:mfa'], maxAge: 300 }),
    authorizationDetails('payment', ({ amount }) => amount === 1),
    any(user(), machine(), client('batch')),
    role(['accountant', 'clerk'], { at: ['realm_access', 'roles'] }),
    tenant('a', { at: 'tid' }),
  ),
)

// @ts-expect-error -- a misspelt scope
guard('invoice.raed')
// @ts-expect-error -- a scope of another API
guard('order.read')
// @ts-expect-error -- a misspelt scope in a list
guard(['invoice.read', 'invoice.raed'])
// @ts-expect-error -- an empty list protects nothing
guard([])
// @ts-expect-error -- a second scope would not count: write a list
guard('invoice.read', 'invoice.pay')
// @ts-expect-error -- a misspelt scope in a requirement
guard(scope('invoice.raed'))
// @ts-expect-error -- a misspelt scope deep in a requirement
guard(all('invoice.read', any('invoice.raed', claim('plan').equals('pro'))))
// @ts-expect-error -- a misspelt scope among several
guard(anyScope('invoice.read', 'invoice.raed'))
// @ts-expect-error -- a pattern for a misspelt scope
guard(scopePattern('invoice.raed:*'))
// @ts-expect-error -- a pattern for a misspelt scope deep in a requirement
guard(all('invoice.read', scopePattern('invoice.raed:*')))
// @ts-expect-error -- a pattern is a name, a separator and a star
scopePattern('invoice.read')
// @ts-expect-error -- there is no such option
stepUp({ acr: ['urn:mfa'] })
// @ts-expect-error -- an empty list protects nothing
stepUp({ acrValues: [] })
// @ts-expect-error -- an empty list protects nothing
role([])
// @ts-expect-error -- a second role would not count: write a list
role('accountant', 'clerk')
// @ts-expect-error -- an empty requirement protects nothing
client()
// @ts-expect-error -- a promise is no answer
authorizationDetails('payment', async () => true)
// @ts-expect-error -- an empty requirement protects nothing
scope()
// @ts-expect-error -- an empty requirement protects nothing
anyScope()
// @ts-expect-error -- an empty requirement protects nothing
all()
// @ts-expect-error -- a claim is compared with a value
claim('plan').oneOf()
// @ts-expect-error -- a promise is no answer
claim('plan').satisfies(async () => true)

guardExpress(untyped)('whatever')
guardFetch(untyped)('whatever')
guardKoa(untyped)('whatever')

const describeCaller = (auth: Auth): string => auth.subject ?? auth.clientId ?? 'nobody'

const app = express()
app.use(guard())
app.get('/invoices', guard('invoice.read'), (request, response) =>
  response.json(describeCaller(guard.auth(request))),
)
app.get('/invoices/:id', guard('invoice.read'), (request, response) => {
  const id: string = request.params.id
  // @ts-expect-error -- the parameters of the route are still inferred behind a guard
  const other: string = request.params.other
  const auth = guard.auth(request)
  // @ts-expect-error -- a misspelt scope
  auth.require('invoice.raed')
  // @ts-expect-error -- whoever calls is not to be changed
  auth.subject = 'mallory'
  response.json({ id, other, may: auth.has('invoice.pay') })
})

interface State {
  user: string
}
const koa = new Koa<State>()
const koaGuard = guardKoa(api)
koa.use(koaGuard('invoice.read')).use((ctx) => {
  ctx.state.user = describeCaller(koaGuard.auth(ctx))
})
// @ts-expect-error -- a misspelt scope
koaGuard('invoice.raed')

const fetchGuard = guardFetch(api)
fetchGuard('invoice.read')((_request, auth) => new Response(auth.subject))
fetchGuard('invoice.read', {})((_request, auth) => new Response(auth.subject))
fetchGuard('invoice.read', { optional: true })((_request, auth) => new Response(auth?.subject))
// @ts-expect-error -- behind an optional guard nobody may be calling
fetchGuard('invoice.read', { optional: true })((_request, auth) => new Response(auth.subject))
// @ts-expect-error -- a misspelt scope
fetchGuard('invoice.raed')
const handler = fetchGuard()((_request, auth, env: { readonly name: string }) =>
  Response.json([auth.subject, env.name]),
)
// @ts-expect-error -- what the handler wants besides the request has to be passed
void handler(new Request(issuers))

const withClaims = createResourceServer({
  resource: 'urn:invoices',
  issuers,
  resources,
  claims: z.object({
    tenant_id: z.string(),
    since: z.iso.datetime().transform((at) => new Date(at)),
  }),
})
const claimsGuard = guardExpress(withClaims)
express().get('/', claimsGuard('invoice.read'), (request, response) => {
  const { tenant_id: owner, since, other } = claimsGuard.auth(request).claims
  owner satisfies string
  since satisfies Date
  // @ts-expect-error -- the schema does not say what it is
  other satisfies string
  response.end()
})
guardFetch(withClaims)('invoice.pay')((_request, { claims }) => new Response(claims.tenant_id))
// @ts-expect-error -- the scope is none of this API
claimsGuard('order.read')
// @ts-expect-error -- a function is no schema
createResourceServer({ resource: 'urn:invoices', issuers, claims: (claims: unknown) => claims })

// What the SDK of MCP is told is what it takes, and an MCP server follows no other profile.
const mcp = createMcpResourceServer({ resource: 'https://mcp.example.com', issuers })
guardFetch(mcp)()((_request, auth) => Response.json(toAuthInfo(auth, mcp) satisfies AuthInfo))
// @ts-expect-error -- weaker than MCP Authorization
createMcpResourceServer({ resource: 'https://mcp.example.com', issuers, profile: 'legacy' })
