import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServers } from './support/start-servers.js'
import type { Servers } from './support/start-servers.js'

const serve = {
  commands: 'npx bailiwick serve --config bailiwick.json --port 5001 --store memory',
  ready: 'Bailiwick is listening',
}

/** The page runs one of the three programs that it shows side by side; these are the others. */
const others = [
  { name: 'koa.ts', commands: 'npx tsx koa.ts' },
  {
    name: 'fetch.ts',
    commands: `cat > serve.ts <<'END'
import { createServer } from 'node:http'
import api from './fetch.js'
createServer(async (request, response) => {
  const { authorization = '' } = request.headers
  const headers = authorization === '' ? {} : { authorization }
  const answer = await api.fetch(new Request('http://127.0.0.1:5002' + request.url, { headers }))
  response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text())
}).listen(5002, () => console.log('The API is listening.'))
END
npx tsx serve.ts`,
  },
]

describe.each(others)('$name of docs/guides/protecting-an-api.md', ({ commands }) => {
  let servers: Servers
  beforeAll(async () => {
    const ready = 'The API is listening.'
    servers = await startServers('guides/protecting-an-api', [serve, { commands, ready }])
  }, 120_000)
  afterAll(() => servers.stop())

  const ask = async (scope?: string): Promise<readonly [number, string, string]> => {
    const headers = new Headers()
    if (scope !== undefined) {
      const response = await fetch(servers.moved('http://127.0.0.1:5001/token'), {
        method: 'POST',
        headers: { authorization: `Basic ${btoa('batch:secret')}` },
        body: new URLSearchParams({ grant_type: 'client_credentials', scope }),
      })
      const { access_token: token } = (await response.json()) as Record<string, string>
      headers.set('authorization', `Bearer ${token}`)
    }
    const response = await fetch(servers.moved('http://127.0.0.1:5002/invoices'), { headers })
    const challenge = response.headers.get('www-authenticate') ?? ''
    return [response.status, challenge, await response.text()]
  }

  it('answers as the one for Express does', async () => {
    expect(await ask('invoice.read')).toEqual([200, '', '{"invoicesFor":"batch"}'])
    expect(await ask()).toEqual([401, 'Bearer realm="urn:invoices", scope="invoice.read"', ''])
    const [status, challenge] = await ask('customer.read')
    expect([status, challenge]).toEqual([401, expect.stringContaining('error="invalid_token"')])
  })
})
