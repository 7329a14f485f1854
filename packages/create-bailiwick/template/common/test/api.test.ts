import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { abuseCases, checkAbuseCase, createTestIssuer } from '@bailiwick/api-sdk/testing'
import { createApi } from '../src/api.js'

// An issuer without a network, for tests only: it makes tokens that are valid except for what you change.
const issuer = await createTestIssuer({ audience: 'urn:invoices' })
const api = createApi({ issuers: issuer.issuerOptions, fetch: issuer.fetch, now: issuer.now })
const server = createServer(api).listen(0, '127.0.0.1')
await once(server, 'listening')
after(() => server.close())

const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
const authorization = async (scope: string) => `Bearer ${await issuer.token({ scope })}`

test('lists the invoices for whoever may read them', async () => {
  const headers = { authorization: await authorization('invoice.read') }
  const response = await fetch(`${origin}/invoices`, { headers })
  assert.equal(response.status, 200)
  assert.deepEqual(await response.json(), {
    subject: 'alice',
    invoices: [{ number: 1, amount: 120 }],
  })
})

test('takes no payment from whoever may only read', async () => {
  const headers = { authorization: await authorization('invoice.read') }
  const response = await fetch(`${origin}/payments`, { method: 'POST', headers })
  assert.equal(response.status, 403)
})

// Stolen, forged, confused and malformed tokens.
for (const abuse of abuseCases) {
  test(`${abuse.id} ${abuse.title}`, () =>
    checkAbuseCase(abuse, {
      issuer,
      url: `${origin}/invoices`,
      scope: 'invoice.read',
      send: (request) => fetch(request.url, request),
    }))
}
