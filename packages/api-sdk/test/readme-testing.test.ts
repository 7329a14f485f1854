import { expect, test } from 'vitest'
import { guardWith } from '../src/fetch.js'
import { createResourceServer } from '../src/index.js'
import { abuseCases, checkAbuseCase, createTestIssuer } from '../src/testing.js'

const resource = 'https://api.example.com'
const issuer = await createTestIssuer({ audience: resource })
const { issuerOptions: issuers, fetch, now } = issuer
const guard = guardWith(createResourceServer({ resource, issuers, fetch, now }))
const handle = guard('invoice.read')((_request, auth) =>
  Response.json({ invoicesFor: auth.subject }),
)

test('lists the invoices of the user', async () => {
  const token = await issuer.token({ scope: 'invoice.read', sub: 'bob' })
  const headers = { authorization: `Bearer ${token}` }
  const response = await handle(new Request(resource, { headers }))
  expect(await response.json()).toEqual({ invoicesFor: 'bob' })
})

test.each(abuseCases)('$id $title', (abuse) =>
  checkAbuseCase(abuse, {
    issuer,
    url: resource,
    scope: 'invoice.read',
    send: ({ url, ...request }) => handle(new Request(url, request)),
  }),
)
