import { describe, expect, it } from 'vitest'
import {
  createExplorerWorld,
  createLargeConfiguration,
  exampleClients,
  secretHash,
} from '../support/explorer-world.js'

const bodyOf = async (url?: string): Promise<string> =>
  (await createExplorerWorld().get(url)).body ?? ''

/** The HTML of an entry, by its id. */
function entryOf(id: string, body: string): string {
  const [entry] = new RegExp(`<details[^>]* id="${id}"[^]*?</details>`).exec(body) ?? []
  if (entry === undefined) throw new Error(`there is no entry ${id}`)
  return entry
}

const textOf = (html: string): string => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')

describe('the page', () => {
  it('lets browsers do and keep as little as possible', async () => {
    const { status, headers } = await createExplorerWorld().get()
    expect(status).toBe(200)
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    })
    expect(String(headers['content-security-policy']).split('; ')).toEqual([
      `default-src 'none'`,
      `style-src 'self'`,
      `script-src 'self'`,
      `require-trusted-types-for 'script'`,
      `base-uri 'none'`,
      `frame-ancestors 'none'`,
      `form-action 'self'`,
    ])
  })

  it('has a title, one heading, a main part, and nothing that the policy forbids', async () => {
    const body = await bodyOf()
    expect(body).toMatch(/^<!doctype html><html lang="en" dir="ltr">/)
    expect(body.match(/<h1>/g)).toHaveLength(1)
    expect(body.match(/<main/g)).toHaveLength(1)
    expect(body.match(/<script[^>]*>/g)).toEqual([
      expect.stringMatching(/^<script type="module" src="\/explorer\/script\.js\?v=[\w-]+">$/),
    ])
    expect(body).not.toMatch(/<style|\sstyle=|\son\w+=/)
  })

  it('has each id once, and no link within it leads nowhere', async () => {
    const body = await bodyOf('/explorer?client_id=web&scope=openid+invoice.pay&sub=alice')
    const ids = [...body.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const targets = [...body.matchAll(/ href="[^"#]*#([^"]+)"/g)].map(([, id]) => id)
    expect(targets.length).toBeGreaterThan(40)
    expect(targets.filter((id) => !ids.includes(id))).toEqual([])
  })

  it.each(['/explorer', '/tenant/explorer'])('is found at %s below a path', async (url) => {
    const { server } = { server: { issuer: 'https://id.example.com/tenant', explain: fail } }
    const { body } = await createExplorerWorld({ server }).get(url)
    expect(body).toContain('action="/tenant/explorer#explanation"')
    expect(body).toContain('href="/tenant/explorer/style.css?v=')
  })

  it('moves to another path', async () => {
    const world = createExplorerWorld({ path: '/admin/resources' })
    expect((await world.get('/admin/resources')).status).toBe(200)
    expect((await world.get('/admin/resources/style.css')).status).toBe(200)
    await expect(world.get('/explorer')).rejects.toThrow('there is no page')
  })

  it.each(['/', '/explorers', '/explorer/', '/explorer/x', '/explorer/script.js/x', '/token'])(
    'leaves %s to the application',
    async (url) => {
      await expect(createExplorerWorld().get(url)).rejects.toThrow('there is no page')
    },
  )

  it('is only read', async () => {
    const { status, headers } = await createExplorerWorld().get('/explorer', { method: 'POST' })
    expect([status, headers['allow']]).toEqual([405, 'GET, HEAD'])
  })
})

const fail = async (): Promise<never> => {
  throw new Error('nothing was asked')
}

describe('what the page loads', () => {
  it('can be kept for good at the addresses that it knows, also by scripts of each other', async () => {
    const world = createExplorerWorld()
    const open = [...((await world.get()).body ?? '').matchAll(/(?:src|href)="(\/[^"#]+)"/g)].map(
      ([, url = '']) => url,
    )
    const seen = new Set<string>()
    for (let url = open.pop(); url !== undefined; url = open.pop()) {
      if (seen.has(url)) continue
      seen.add(url)
      const { status, headers, body = '' } = await world.get(url)
      expect([url, status]).toEqual([url, 200])
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable')
      expect(headers['content-type']).toMatch(/^text\/(?:css|javascript); charset=utf-8$/)
      open.push(...[...body.matchAll(/from '\.\/([^']+)'/g)].map(([, name]) => `/explorer/${name}`))
    }
    expect(seen.size).toBe(9)
  })

  it('says nothing of the configuration, because everybody may load it', async () => {
    const world = createExplorerWorld({ access: { authenticate: () => false } })
    for (const url of ['/explorer/style.css', '/explorer/script.js', '/explorer/picture.js']) {
      const { status, body } = await world.get(url)
      expect(status).toBe(200)
      expect(body).not.toMatch(/urn:|invoice/)
    }
  })
})

describe('the picture', () => {
  it('has a group for each kind, with how many there are', async () => {
    const groups = [...(await bodyOf()).matchAll(/<h3 id="group-[^>]*>(.*?)<\/h3>/g)]
    expect(groups.map(([, html = '']) => textOf(html).trim())).toEqual([
      'Clients 3',
      'API scopes 6',
      'API resources 2',
      'Isolated API resources 1',
      'Identity resources 3',
      'Claims 7',
    ])
  })

  it('sets isolated APIs apart, and says what that means', async () => {
    const [, isolated = ''] =
      /<section class="group isolated"(.*?)<\/section>/.exec(await bodyOf()) ?? []
    expect(isolated).toContain('Has to be named with resource, and is then the only audience.')
    expect([...isolated.matchAll(/class="entry-name">([^<]+)/g)].map(([, name]) => name)).toEqual([
      'urn:bank',
    ])
    expect(textOf(isolated)).toContain('name it: resource=urn:bank.')
  })

  it('tells in words what an entry is connected to', async () => {
    const text = textOf(entryOf('apiScopes-1', await bodyOf()))
    expect(text).toContain('invoice.pay Pays your invoices')
    expect(text).toContain('Comes from web Leads to urn:invoices urn:bank payment_limit')
  })

  it('tells the script the same', async () => {
    const body = await bodyOf()
    expect(entryOf('apiScopes-1', body)).toContain(
      'data-to="apiResources-0 apiResources-2 claims-6"',
    )
    expect(entryOf('clients-2', body)).toContain('data-only="apiResources-1"')
    expect(entryOf('clients-0', body)).not.toContain('data-only')
  })

  it('notes what is unusual', async () => {
    const body = await bodyOf()
    expect(textOf(entryOf('apiScopes-5', body))).toContain('audit.export no API')
    expect(textOf(entryOf('apiScopes-4', body))).toContain('transaction parameter')
    expect(textOf(entryOf('clients-1', body))).toContain('app public')
  })

  it('shows what is switched off as such', async () => {
    const [web] = exampleClients
    if (web === undefined) throw new Error('there is no example')
    const world = createExplorerWorld({ clients: [{ ...web, enabled: false }] })
    const entry = entryOf('clients-0', (await world.get()).body ?? '')
    expect(entry).toContain('class="entry off"')
    expect(textOf(entry)).toContain('web disabled')
    expect(entry).not.toContain('Try a request')
  })

  it('shows no secret, no hash of one, and no address that only the client knows', async () => {
    const secret = { value: secretHash, description: 'of the vault' }
    const client = {
      clientId: 'web',
      clientSecrets: [secret],
      allowedGrantTypes: ['authorization_code'],
      redirectUris: ['https://shop.example.com/callback'],
      properties: { internal: 'note' },
    }
    const { body } = await createExplorerWorld({
      clients: [client],
      resources: { apiResources: [{ name: 'urn:api', secrets: [secret] }] },
    }).get()
    expect(body).toContain('urn:api')
    for (const hidden of [secretHash, 'of the vault', 'note', 'callback']) {
      expect(body).not.toContain(hidden)
    }
  })

  it('escapes names', async () => {
    const { body } = await createExplorerWorld({
      resources: { apiScopes: [{ name: 'a<b>', displayName: '</details><script>' }] },
      clients: [],
      server: { issuer: 'https://id.example.com', explain: fail },
    }).get()
    expect(body).toContain('a&lt;b>')
    expect(body).not.toContain('<script>')
  })

  it('lists few connections of many, and draws five hundred entries', async () => {
    const { body = '' } = await createExplorerWorld(createLargeConfiguration()).get()
    expect(body.match(/<details class="entry"/g)).toHaveLength(510)
    const hub = entryOf('apiScopes-0', body)
    expect(hub.match(/<a href="#apiResources-/g)).toHaveLength(12)
    expect(hub).toContain('and 108 more')
    expect(hub.match(/apiResources-\d+[ "]/g)?.length).toBeGreaterThan(120)
  })
})
