import { describe, expect, it } from 'vitest'
import { createPages } from '../../src/index.js'
import { client, exampleGrants } from '../support/examples.js'
import { allPages } from '../support/all-pages.js'
import { createWorld } from '../support/world.js'
import type { WorldOptions } from '../support/world.js'

const policyOf = async (options: WorldOptions, url?: string): Promise<string> =>
  String((await createWorld(options).get(url)).headers['content-security-policy'])

describe.each(Object.entries(allPages))('the page %s', (_, make) => {
  it('lets browsers do and keep as little as possible', async () => {
    const { headers } = await make()
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    })
    const policy = String(headers['content-security-policy'])
    expect(policy).toMatch(/^default-src 'none'; style-src 'self'; /)
    expect(policy).toContain(`base-uri 'none'; frame-ancestors 'none'`)
    expect(policy).not.toMatch(/unsafe|script-src|\*/)
  })

  it('has a language, a title, one heading, a main part, and nothing that the policy forbids', async () => {
    const { body = '' } = await make()
    expect(body).toMatch(/^<!doctype html><html lang="(?:en|de)" dir="ltr">/)
    expect(body).toMatch(/<title>[^<]+<\/title>/)
    expect(body.match(/<h1>/g)).toHaveLength(1)
    expect(body.match(/<main/g)).toHaveLength(1)
    expect(body).not.toMatch(/<script|<style|\sstyle=|\son\w+=/)
  })
})

describe('form-action', () => {
  it('is left out where a client waits for the answer', async () => {
    expect(await policyOf({})).not.toContain('form-action')
  })

  it('is this origin where none does', async () => {
    const interaction = { prompt: 'logout', client: undefined, redirectUri: undefined } as const
    expect(await policyOf({ interaction })).toContain(`form-action 'self'`)
    expect(await policyOf({ subject: '123' }, '/grants')).toContain(`form-action 'self'`)
  })

  it('is nothing on pages without a form', async () => {
    expect(await policyOf({}, '/interaction/unknown')).toContain(`form-action 'none'`)
  })
})

describe('img-src', () => {
  it.each([
    ['no logo', {}, undefined],
    ['a logo elsewhere', { logo: 'https://cdn.example/logo.svg' }, 'img-src https://cdn.example'],
    ['a logo here', { logo: '/logo.svg' }, `img-src 'self'`],
    ['a logo in the page', { logo: 'data:image/png;base64,AAAA' }, 'img-src data:'],
    [
      'a logo of the client',
      { interaction: { client: { ...client, logoUri: 'https://acme.example/logo.png' } } },
      'img-src https://acme.example',
    ],
    [
      'a logo of the client that could be replaced on the way',
      { interaction: { client: { ...client, logoUri: 'http://acme.example/logo.png' } } },
      undefined,
    ],
    [
      'a logo of the client that is no address',
      { interaction: { client: { ...client, logoUri: `https://;script-src *` } } },
      undefined,
    ],
  ] as [string, WorldOptions, string | undefined][])(
    'names what the page shows: %s',
    async (_, options, directive) => {
      const { status, headers } = await createWorld(options).get()
      const directives = String(headers['content-security-policy']).split('; ')
      expect(status).toBe(200)
      expect(directives.find((each) => each.startsWith('img-src'))).toBe(directive)
    },
  )

  it('names the logos of all grants once', async () => {
    const logoUri = 'https://cdn.example/logo.png'
    const grants = exampleGrants.map((grant) => ({
      ...grant,
      client: { ...grant.client, logoUri },
    }))
    const policy = await policyOf({ subject: '123', grants, logo: '/logo.svg' }, '/grants')
    expect(policy).toContain(`img-src 'self' https://cdn.example;`)
  })
})

describe('the page after signing out', () => {
  const { loggedOut } = createPages()
  const page = {
    clientName: undefined,
    frontChannelLogoutUris: [],
    redirectUri: undefined,
    uiLocales: [],
  }

  it('may load what clients need to end their sessions', () => {
    const frontChannelLogoutUris = [
      'https://a.example/out?sid=1',
      'https://a.example/x',
      'https://b.example/',
    ]
    const { headers, body } = loggedOut({ ...page, frontChannelLogoutUris })
    expect(headers['content-security-policy']).toContain(
      'frame-src https://a.example https://b.example;',
    )
    expect(body?.match(/<iframe src="https:[^"]+" title hidden>/g)).toHaveLength(3)
  })

  it('goes on by itself to the client, and offers to', () => {
    const { headers, body } = loggedOut({
      ...page,
      redirectUri: 'https://app.example/bye?state="1',
    })
    expect(headers['refresh']).toBe('3;url=https://app.example/bye?state=%221')
    expect(body).toContain('Go on to app.example')
  })

  it('stays where there is nowhere to go', () => {
    const { headers, body } = loggedOut(page)
    expect(headers).not.toHaveProperty('refresh')
    expect(body).toContain('You can close this window.')
  })
})

describe('the page for what no client can be told', () => {
  const { error } = createPages({ issuer: 'https://id.example.com/tenant' })

  it('shows what is wrong, escaped', () => {
    const page = {
      error: 'invalid_request',
      description: `client_id '<b>' is unknown`,
      status: 400,
    }
    const { status, body } = error({ ...page, uiLocales: ['de-AT'] })
    expect(status).toBe(400)
    expect(body).toContain('Diese Anfrage kann nicht beantwortet werden')
    expect(body).toContain(`client_id '&lt;b>' is unknown`)
    expect(body).toContain('href="/tenant/interaction/style.css?v=')
  })

  it('shows nothing of what is wrong with the server', () => {
    const { body } = error({
      error: 'server_error',
      description: 'detail',
      status: 500,
      uiLocales: [],
    })
    expect(body).toContain('Something went wrong')
    expect(body).not.toContain('detail')
  })
})
