import type { ApiResource } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { createMemoryStore } from '../../src/index.js'
import { authorizeWith, peopleServer, redeem } from '../support/people.js'
import { bodyOf, now } from '../support/server.js'

const invoices: ApiResource = { name: 'urn:invoices', scopes: ['read'] }
const archive: ApiResource = { name: 'urn:archive', scopes: ['read'] }

describe.each(['strict', 'duende'] as const)('compatibility: %s', (compatibility) => {
  it('refuses a resource that was withdrawn since it was authorized', async () => {
    const store = createMemoryStore({ now: () => now })
    const serverWith = (...apiResources: readonly ApiResource[]) =>
      peopleServer({
        store,
        compatibility,
        resources: {
          identityResources: ['openid', 'profile', 'email'],
          apiScopes: ['read', 'write', 'pay', 'shared'],
          apiResources,
        },
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
