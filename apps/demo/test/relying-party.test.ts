import { expect, it, onTestFinished } from 'vitest'
import { listening } from '../../../tests/support/listening.js'
import { createRelyingParty } from '../src/web-client/relying-party.js'

it('asks the identity server again where it did not answer, and no more as soon as it has', async () => {
  const statuses = [503, 200]
  const { url, close } = await listening((issuer) => (_request, response) => {
    const metadata = { issuer, authorization_endpoint: `${issuer}/authorize` }
    response.writeHead(statuses.shift() ?? 500, { 'content-type': 'application/json' })
    response.end(JSON.stringify(metadata))
  })
  onTestFinished(close)
  const { begin } = createRelyingParty(url, 'http://client.example')
  await expect(begin()).rejects.toThrow('unexpected HTTP response status code')
  expect((await begin()).url.pathname).toBe('/authorize')
  expect((await begin()).url.pathname).toBe('/authorize')
})
