import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { abuseCases, checkAbuseCase, createTestIssuer } from '@bailiwick/api-sdk/testing'
import type { AbuseTarget } from '@bailiwick/api-sdk/testing'
import { createApp } from './app.js'

const issuer = await createTestIssuer({ audience: 'https://api.example.com' })
const app = createApp({ issuers: issuer.issuerOptions, fetch: issuer.fetch, now: issuer.now })
const server = app.listen(0, '127.0.0.1')
await once(server, 'listening')
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/invoices`
after(() => server.close())

test('answers 503 while the issuer is down, so that no client throws its token away', async () => {
  issuer.goDown()
  const headers = { authorization: `Bearer ${await issuer.token({ scope: 'invoice.read' })}` }
  const response = await fetch(url, { headers })
  assert.equal(response.status, 503)
  issuer.comeBack()
  issuer.pass(1)
})

const target: AbuseTarget = {
  issuer,
  url,
  scope: 'invoice.read',
  send: (request) => fetch(request.url, request),
}

for (const abuse of abuseCases) {
  test(`${abuse.id} ${abuse.title}`, () => checkAbuseCase(abuse, target))
}
