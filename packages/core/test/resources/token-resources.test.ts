import type { ApiResource, ResourceDefinitions } from '@bailiwick/protocol'
import { decodeJwt } from 'jose'
import { describe, expect, it } from 'vitest'
import { createMemoryStore } from '../../src/index.js'
import { authorizeWith, peopleServer, redeem } from '../support/people.js'
import { bodyOf, now } from '../support/server.js'

const scopes: ResourceDefinitions = {
  identityResources: ['openid', 'profile', 'email'],
  apiScopes: ['read', 'write', 'pay', 'shared'],
}
const invoices: ApiResource = { name: 'urn:invoices', scopes: ['read'] }
const archive: ApiResource = { name: 'urn:archive', scopes: ['read'] }

describe.each(['strict', 'duende'] as const)('compatibility: %s', (compatibility) => {
  it('refuses a resource that was withdrawn since it was authorized', async () => {
    const store = createMemoryStore({ now: () => now })
    const serverWith = (...apiResources: readonly ApiResource[]) =>
      peopleServer({
        store,
        compatibility,
        resources: { ...scopes, apiResources },
      })
    const answer = await authorizeWith(serverWith(invoices, archive), {
      resource: ['urn:invoices', 'urn:archive'],
    })
    const code = answer.searchParams.get('code')

    const withdrawn = await redeem(serverWith(archive), code, { resource: 'urn:invoices' })
    expect(bodyOf(withdrawn)).toMatchObject({ error: 'invalid_target' })
    const other = await redeem(serverWith(archive), code, { resource: 'urn:archive' })
    expect(other.status).toBe(200)
  })
})

describe('a redemption without resource', () => {
  it('is never for an isolated resource because the other one that was named is withdrawn', async () => {
    const store = createMemoryStore({ now: () => now })
    const serverWith = (...apiResources: readonly ApiResource[]) =>
      peopleServer({ store, resources: { ...scopes, apiResources } })
    const vault: ApiResource = {
      name: 'urn:vault',
      scopes: ['read'],
      requireResourceIndicator: true,
    }
    const answer = await authorizeWith(serverWith(invoices, vault), {
      resource: ['urn:invoices', 'urn:vault'],
    })
    const code = answer.searchParams.get('code')

    expect(bodyOf(await redeem(serverWith(vault), code))).toMatchObject({
      error: 'invalid_target',
      error_description: `resource is missing: name one of 'urn:vault'`,
    })
    const named = bodyOf(await redeem(serverWith(vault), code, { resource: 'urn:vault' }))
    expect(decodeJwt(String(named['access_token'])).aud).toBe('urn:vault')
  })
})
