import type { ExplainRequest } from '@bailiwick/core'
import { OAuthError } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { createExampleServer, createExplorerWorld, issuer } from '../support/explorer-world.js'

const explained = async (query: string): Promise<string> =>
  (await createExplorerWorld().get(`/explorer?${query}`)).body ?? ''

const unescaped = (text: string): string =>
  text
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&')

/** The JSON on the page, in its order, as somebody who copies it gets it. */
const jsonOf = (body: string): readonly Record<string, unknown>[] =>
  [...body.matchAll(/<code class="json[^>]*>(.*?)<\/code>/g)].map(
    ([, html = '']) => JSON.parse(unescaped(html)) as Record<string, unknown>,
  )

/** What stands at the place to which the link around a text in the JSON leads. */
function behindLink(text: string, body: string): string {
  const json = [...body.matchAll(/<code class="json[^>]*>(.*?)<\/code>/g)].map(([html]) => html)
  const links = json.join('').match(/<a href="#[^"]+"[^>]*>[^<]*<\/a>/g)
  const link = links?.find((each) => unescaped(each) === text) ?? ''
  const [, id] = /href="#([^"]+)"/.exec(link) ?? []
  const [, html] = new RegExp(` id="${id}"[^>]*>(.*?)</li>`).exec(body) ?? []
  if (html === undefined) throw new Error(`${text} leads nowhere`)
  return unescaped(html)
}

const forAlice = 'client_id=web&scope=openid+email+invoice.read+invoice.pay&sub=alice'

describe('a request', () => {
  it.each<[string, ExplainRequest]>([
    ['client_id=batch', { clientId: 'batch' }],
    [
      'client_id=batch&grant_type=client_credentials&scope=a+b&resource=urn%3Aa&sub=&claims=',
      {
        clientId: 'batch',
        grantType: 'client_credentials',
        scope: 'a b',
        resources: ['urn:a'],
      },
    ],
    [
      'client_id=web&sub=alice&resource=urn:a+urn:b&resource=urn:c&token_resource=urn:b',
      {
        clientId: 'web',
        user: { subject: 'alice' },
        resources: ['urn:a', 'urn:b', 'urn:c'],
        tokenResource: 'urn:b',
      },
    ],
    [
      'client_id=web&sub=alice&claims=%7B%7D&refresh=yes&refresh_scope=a&refresh_resource=urn:a&why_not=urn:b+c',
      {
        clientId: 'web',
        user: { subject: 'alice' },
        claims: '{}',
        refresh: { scope: 'a', resource: 'urn:a' },
        whyNot: ['urn:b', 'c'],
      },
    ],
    ['client_id=web&refresh=yes', { clientId: 'web', refresh: {} }],
  ])('is read from the address: %s', async (query, request) => {
    const asked: ExplainRequest[] = []
    const example = createExampleServer()
    const explain = async (each: ExplainRequest) => {
      asked.push(each)
      return example.explain(each)
    }
    await createExplorerWorld({ server: { issuer, explain } }).get(`/explorer?${query}`)
    expect(asked).toEqual([request])
  })

  it('is not made before somebody names a client', async () => {
    const world = createExplorerWorld({
      server: { issuer, explain: async () => Promise.reject(new Error('was asked')) },
    })
    const { status, body } = await world.get('/explorer?scope=openid')
    expect(status).toBe(200)
    expect(body).toContain('value="openid"')
  })

  it('stays in the form, also what the form does not offer', async () => {
    const body = await explained(
      'client_id=nobody&grant_type=urn:x&scope=a"b&resource=urn:a&sub=<c>&refresh=yes',
    )
    expect(body).toContain('<option value="nobody" selected')
    expect(body).toContain('<option value="urn:x" selected')
    expect(body).toContain('value="a&quot;b"')
    expect(body).toContain('value="&lt;c>"')
    expect(body).toMatch(/<details class="further" open/)
    expect(body).toMatch(/name="refresh" value="yes" checked/)
  })

  it('is offered the names of the configuration, and the users that it is told', async () => {
    const { body = '' } = await createExplorerWorld({ subjects: ['alice'] }).get()
    const listOf = (id: string): readonly (string | undefined)[] => {
      const [, html = ''] = new RegExp(`<datalist id="${id}">(.*?)</datalist>`).exec(body) ?? []
      return [...html.matchAll(/value="([^"]+)"/g)].map(([, value]) => value)
    }
    expect(listOf('scopes')).toContain('invoice.read')
    expect(listOf('scopes')).toContain('offline_access')
    expect(listOf('resources')).toEqual(['urn:invoices', 'urn:customers', 'urn:bank'])
    expect(listOf('subjects')).toEqual(['alice'])
    expect(body).toContain('<option value="web">web (The shop)</option>')
    expect(body).not.toContain('<option value="refresh_token">')
  })
})

describe('the tokens', () => {
  it('are shown as JSON, header and claims, and none that could be used', async () => {
    const body = await explained(forAlice)
    const [header, access, idHeader, id, userinfo] = jsonOf(body)
    expect(header).toMatchObject({ alg: 'RS256', typ: 'at+jwt' })
    expect(access).toMatchObject({
      aud: ['urn:invoices', 'urn:customers'],
      sub: 'alice',
      scope: 'openid email invoice.read invoice.pay',
      department_id: 'D-42',
    })
    expect(idHeader).toMatchObject({ alg: 'RS256' })
    expect(id).toMatchObject({ aud: 'web', sub: 'alice' })
    expect(userinfo).toEqual({ sub: 'alice', email: 'alice@example.com', email_verified: true })
    expect(body).not.toMatch(/eyJ[\w-]+\./)
  })

  it.each([
    'client_id=web&sub=alice&scope=openid+email+invoice.read+invoice.pay+offline_access',
    'client_id=app&sub=alice&scope=openid+transaction:42&resource=urn:bank',
    'client_id=batch&scope=customer.read',
    'client_id=web&sub=alice&scope=openid+offline_access+customer.read&refresh=yes',
  ])('have no claim that is not linked to what caused it: %s', async (query) => {
    const body = await explained(query)
    const members = [...body.matchAll(/<span class="line member">(.*?)<\/span>/g)]
      .map(([, html = '']) => html)
      .filter((html) => !/^(?:<a[^>]*>)?(?:"|&quot;)(?:kid|typ|alg)/.test(html))
    expect(members.length).toBeGreaterThan(8)
    expect(members.filter((html) => !html.startsWith('<a href="#decision-'))).toEqual([])
  })

  it('link each claim, audience and scope to its cause', async () => {
    const body = await explained(forAlice)
    expect(behindLink('"department_id"', body)).toContain('department_id')
    expect(behindLink('"department_id"', body)).toContain('apiResources[0].userClaims')
    expect(behindLink('"aud"', body)).toContain('urn:invoices and urn:customers')
    expect(behindLink('"urn:customers"', body)).toContain('apiResources[1].scopes')
    expect(behindLink('invoice.pay', body)).toContain('clients[0].allowedScopes')
    expect(behindLink('"exp"', body)).toContain('clients[0].accessTokenLifetime')
    expect(behindLink('"alg"', body)).toContain('RS256')
    expect(behindLink('"iss"', body)).toContain('issuer')
    expect(behindLink('"email"', body)).toContain('identityResources[1].userClaims')
  })

  it('are those of the refresh where that is asked for', async () => {
    const body = await explained(
      'client_id=web&scope=openid+invoice.read+invoice.pay+offline_access&sub=alice&refresh=yes&refresh_scope=invoice.pay',
    )
    expect(jsonOf(body)[1]).toMatchObject({ scope: 'invoice.pay', aud: 'urn:invoices' })
    expect(body).toContain('<h4 id="phase-refresh">Refresh</h4>')
  })

  it('lead from the path of a decision to its entry in the picture', async () => {
    const body = await explained(forAlice)
    expect(body).toContain(
      '<code><a href="#apiResources-2">apiResources[2].requireResourceIndicator</a></code>',
    )
    expect(body).toMatch(/<details[^>]* id="apiResources-2"/)
  })

  it('come after what might have been expected', async () => {
    const body = await explained(forAlice)
    expect(body.indexOf('What you might have expected')).toBeGreaterThan(0)
    expect(body.indexOf('What you might have expected')).toBeLessThan(body.indexOf('What it gets'))
    expect(unescaped(body)).toContain('Send resource=urn:bank')
  })

  it('come with the answer to what was asked', async () => {
    const body = await explained(`${forAlice}&why_not=urn:bank+urn:invoices`)
    const [, asked = ''] = /What you asked about<\/h3>(.*?)<\/section>/.exec(body) ?? []
    expect(unescaped(asked)).toMatch(/urn:bank.*Send resource=urn:bank/)
    expect(unescaped(asked)).toMatch(/urn:invoices is there/)
  })
})

describe('a refusal', () => {
  it('is told as the client is, with how far the request came', async () => {
    const body = await explained('client_id=batch&scope=customer.read+audit.export')
    expect(body).toContain('<code>invalid_scope</code>')
    expect(unescaped(body)).toContain("Add 'audit.export' to clients[2].allowedScopes")
    expect(body).toContain('class="decision cross"')
    expect(jsonOf(body)).toEqual([])
  })

  it('is told of a client that does not exist', async () => {
    expect(await explained('client_id=nobody')).toContain('<code>invalid_client</code>')
  })
})

describe('a server that fails', () => {
  it.each<[string, () => Error, number]>([
    ['for now', () => new OAuthError('temporarily_unavailable'), 503],
    ['for good', () => new TypeError('detail'), 500],
  ])('%s is told on a page', async (_, error, status) => {
    const reported: unknown[] = []
    const world = createExplorerWorld({
      server: { issuer, explain: async () => Promise.reject(error()) },
      onError: (thrown) => reported.push(thrown),
    })
    const response = await world.get('/explorer?client_id=web')
    expect(response.status).toBe(status)
    expect(response.body).not.toContain('detail')
    expect(reported).toHaveLength(1)
  })
})
