import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import {
  abuseCases,
  checkAbuseCase,
  createTestIssuer,
  dpopAbuseCases,
  parseChallenges,
} from '@bailiwick/api-sdk/testing'
import type { AbuseTarget } from '@bailiwick/api-sdk/testing'
import { afterAll, expect, test } from 'vitest'
import { createApp } from './app.js'

const issuer = await createTestIssuer({ audience: 'https://api.example.com' })
const app = createApp({ issuers: issuer.issuerOptions, fetch: issuer.fetch, now: issuer.now })
const server = app.listen(0, '127.0.0.1')
await once(server, 'listening')
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/invoices`
afterAll(() => server.close())

const get = (token: string): Promise<Response> =>
  fetch(url, { headers: { authorization: `Bearer ${token}` } })

test('lists the invoices of the user', async () => {
  const response = await get(await issuer.token({ scope: 'invoice.read', sub: 'bob' }))
  expect(await response.json()).toEqual({ invoicesFor: 'bob' })
})

test('tells which scope is missing', async () => {
  const response = await get(await issuer.token({ scope: 'invoice.pay' }))
  expect(response.status).toBe(403)
  expect(parseChallenges(response.headers.get('www-authenticate'))).toMatchObject([
    { scheme: 'Bearer', parameters: { error: 'insufficient_scope', scope: 'invoice.read' } },
  ])
})

test('refuses a token that has expired meanwhile', async () => {
  const token = await issuer.token({ scope: 'invoice.read' })
  expect((await get(token)).status).toBe(200)
  issuer.pass(3600)
  expect((await get(token)).status).toBe(401)
})

test('takes tokens that are signed with a new key', async () => {
  await issuer.rotateKeys()
  issuer.pass(30)
  expect((await get(await issuer.token({ scope: 'invoice.read' }))).status).toBe(200)
})

test('takes a token that is bound to a key with its proof and not without', async () => {
  const key = await issuer.dpopKey()
  const token = await issuer.token({ scope: 'invoice.read' }, { bind: key })
  const proof = await key.proof({ method: 'GET', url: 'https://api.example.com/invoices', token })
  const headers = { authorization: `DPoP ${token}`, dpop: proof }
  expect((await fetch(url, { headers })).status).toBe(200)
  expect((await get(token)).status).toBe(401)
})

const target: AbuseTarget = {
  issuer,
  url,
  scope: 'invoice.read',
  send: (request) => fetch(request.url, request),
}

test.each([...abuseCases, ...dpopAbuseCases])('$id $title', (abuse) =>
  checkAbuseCase(abuse, target),
)
