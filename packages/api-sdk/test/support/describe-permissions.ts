import { describe, expect, it } from 'vitest'
import type { GuardedWorld } from './guarded-app.js'
import { bearer, refusal, refusalOf, where } from './refusals.js'

const payment = (members: object = {}): object => ({
  authorization_details: [{ type: 'invoice' }, { type: 'payment', ...members }],
})

/** What becomes of tokens that no other scope and no other authentication would make good enough. */
export function describePermissions({ world, send }: GuardedWorld): void {
  const get = (path: string, claims: object): ReturnType<typeof send> =>
    send({ path, headers: bearer(world.token({ ...claims })) })

  describe('permissions', () => {
    it.each([
      ['another role', '/admin', { roles: ['clerk'], role: 'user' }],
      ['no role', '/admin', {}],
      ['a role that contains the name', '/admin', { roles: ['administrator', 'Admin'] }],
      ['several roles in one text', '/admin', { roles: 'admin clerk' }],
      ['roles in an object', '/admin', { roles: { admin: true } }],
      ['R04 text where a list must be', '/realm-admin', { realm_access: { roles: 'admin' } }],
      ['R04 an object', '/realm-admin', { realm_access: { roles: { admin: true } } }],
      ['R04 the role elsewhere', '/realm-admin', { roles: ['admin'] }],
      ['R06 a machine as user', '/user', { sub: 'web' }],
      ['R06 a user as machine', '/machine', {}],
      ['another client', '/client', {}],
      ['R07 another tenant', '/tenant', { tenant_id: 'b' }],
      ['R07 no tenant', '/tenant', {}],
      ['R07 a list of tenants', '/tenant', { tenant_id: ['a'] }],
      ['R07 a tenant that the request does not name', '/tenant-of?tenant=b', { tenant_id: 'a' }],
      ['R07 no tenant in the request', '/tenant-of', { tenant_id: 'a' }],
      ['R07 no tenant anywhere', '/tenant-of', {}],
      ['R07 an empty tenant', '/tenant-of?tenant=', { tenant_id: '' }],
    ])('answers %s with 403 and no challenge', async (_, path, claims) => {
      expect(refusalOf(await get(path, claims))).toEqual(refusal('access_denied'))
    })

    it('R08 answers what a handler requires without challenge, too', async () => {
      const refused = await get('/later-tenant', { tenant_id: 'b' })
      expect(refused.status).toBe(403)
      expect(refused.headers['www-authenticate']).toBeUndefined()
      expect((await get('/later-tenant', { tenant_id: 'a' })).status).toBe(200)
    })

    it.each([
      ['X01 details of other types', '/payment', { authorization_details: [{ type: 'invoice' }] }],
      ['X01 no details', '/payment', {}],
      ['X03 too small an amount', '/small-payment', payment({ amount: 49 })],
    ])('answers %s with 403 and no challenge', async (_, path, claims) => {
      expect(refusalOf(await get(path, claims))).toEqual(
        refusal('insufficient_authorization_details'),
      )
    })

    it.each([
      ['an object', { type: 'payment' }],
      ['without type', [{ type: 'payment' }, {}]],
      ['with a list as type', [{ type: ['payment'] }]],
      ['as text', '[{"type":"payment"}]'],
    ])('X02 refuses a token whose details are %s', async (_, details) => {
      const response = await get('/', { authorization_details: details })
      expect(refusalOf(response)).toEqual(refusal('invalid_token'))
    })

    it.each([
      ['a list of roles', '/admin', { roles: ['clerk', 'admin'] }],
      ['one role', '/admin', { role: 'admin' }],
      ['a list in role', '/admin', { role: ['admin'] }],
      ['a role at a path', '/realm-admin', { realm_access: { roles: ['admin'] } }],
      ['a user', '/user', {}],
      ['a machine', '/machine', { sub: 'web' }],
      ['a client', '/client', { client_id: 'batch' }],
      ['a tenant', '/tenant', { tenant_id: 'a' }],
      ['the tenant of the request', '/tenant-of?tenant=b', { tenant_id: 'b' }],
      ['details', '/payment', payment()],
      ['details that suffice', '/small-payment', payment({ amount: 50 })],
    ])('lets %s pass', async (_, path, claims) => {
      expect((await get(path, claims)).status).toBe(200)
    })
  })

  describe('parameterized scopes', () => {
    it('S09 tells a handler what to ask for', async () => {
      const refused = await get('/transaction', { scope: 'transaction:43 transaction:421' })
      expect(refused.status).toBe(403)
      expect(refused.headers['www-authenticate']).toMatch(/, scope="transaction:42", /)
      expect((await get('/transaction', { scope: 'transaction:42' })).status).toBe(200)
    })

    it.each(['transaction', 'transaction:', 'transactions:42', 'x-transaction:42', 'read'])(
      'S09 refuses %s where any parameter will do',
      async (granted) => {
        const response = await get('/any-transaction', { scope: granted })
        expect(response.status).toBe(403)
        // Nobody can ask for a pattern.
        expect(response.headers['www-authenticate']).toMatch(
          new RegExp(`^Bearer error="insufficient_scope", error_description="[^"]+", ${where}$`),
        )
      },
    )

    it('S09 reads the parameter from the request', async () => {
      const claims = { scope: 'read transaction:42' }
      expect((await get('/transaction-of?id=42', claims)).status).toBe(200)
      const refused = await get('/transaction-of?id=4', claims)
      expect(refusalOf(refused)).toEqual(refusal('insufficient_scope', 'transaction:4'))
    })

    it.each(['', '?id=', '?id=4%22%2C%20x%3D%22', '?id=4%0D%0Ax:y', '?id=4%202'])(
      'S09 tells nothing of a parameter that no scope has: %s',
      async (query) => {
        const refused = await get(`/transaction-of${query}`, { scope: 'transaction:4' })
        expect(refused.status).toBe(403)
        expect(refused.headers['www-authenticate']).toMatch(
          new RegExp(`^Bearer error="insufficient_scope", error_description="[^"]+", ${where}$`),
        )
      },
    )

    it('lets any parameter pass', async () => {
      expect((await get('/any-transaction', { scope: 'read transaction:7' })).status).toBe(200)
    })
  })
}
