import { decodeJwt } from 'jose'
import { describe, expect, it } from 'vitest'
import { defineResources, openid, profile } from '@bailiwick/protocol'
import type { ResourceDefinitions } from '@bailiwick/protocol'
import type { AuthorizationServer, Client, Interaction } from '../../src/index.js'
import {
  authorizationQuery,
  authorizeWith,
  createBrowser,
  createClock,
  interactionOf,
  locationOf,
  peopleServer,
  redeem,
  web,
} from '../support/people.js'
import type { Query, TestBrowser } from '../support/people.js'
import { bodyOf } from '../support/server.js'

const resources: ResourceDefinitions = defineResources({
  identityResources: [openid, profile],
  apiScopes: [
    { name: 'read', displayName: 'Read', description: 'Reads what there is.' },
    { name: 'write', emphasize: true },
    { name: 'audit', required: true },
    { name: 'shared' },
    { name: 'lonely' },
    { name: 'transaction', parameter: {} },
  ],
  apiResources: [
    {
      name: 'urn:invoices',
      displayName: 'Invoices',
      description: 'All your invoices.',
      scopes: ['read', 'write', 'audit', 'shared', 'transaction'],
    },
    { name: 'urn:payments', scopes: ['shared'] },
  ],
})

const asking: Client = {
  ...web,
  requireConsent: true,
  allowedScopes: ['openid', 'profile', 'read', 'write', 'audit', 'shared', 'lonely', 'transaction'],
}

const consentServer = (client: Partial<Client> = {}, options = {}): AuthorizationServer =>
  peopleServer({ resources, clients: [{ ...asking, ...client }], ...options })

/** Asks for authorization as somebody who is signed in, and gives the consent that is asked for. */
async function askedFor(
  server: AuthorizationServer,
  browser: TestBrowser,
  changes: Query,
): Promise<Interaction | undefined> {
  const response = await browser.get(`/authorize?${authorizationQuery(changes)}`)
  const id = interactionOf(response)
  if (id === undefined) return undefined
  const interaction = await server.interactions.find(id)
  expect(interaction?.prompt).toBe('consent')
  return interaction
}

async function signedIn(server: AuthorizationServer): Promise<TestBrowser> {
  const browser = createBrowser(server)
  await authorizeWith(server, { scope: 'openid' }, { browser })
  return browser
}

const scope = (value: string, more = {}) => ({
  value,
  displayName: value,
  description: undefined,
  parameter: undefined,
  required: false,
  emphasize: false,
  ...more,
})

describe('a request for consent', () => {
  it('shows identity scopes, and API scopes by the APIs that list them', async () => {
    const server = consentServer()
    const changes = { scope: 'openid read write shared lonely transaction:42 offline_access' }
    const interaction = await askedFor(server, await signedIn(server), changes)
    expect(interaction?.consent).toEqual({
      aboutYou: [scope('openid', { displayName: openid.displayName, required: true })],
      access: [
        {
          name: 'urn:invoices',
          displayName: 'Invoices',
          description: 'All your invoices.',
          scopes: [
            scope('read', { displayName: 'Read', description: 'Reads what there is.' }),
            scope('write', { emphasize: true }),
            scope('shared'),
            scope('transaction:42', { displayName: 'transaction', parameter: '42' }),
          ],
        },
        {
          name: 'urn:payments',
          displayName: 'urn:payments',
          description: undefined,
          scopes: [scope('shared')],
        },
        {
          name: undefined,
          displayName: undefined,
          description: undefined,
          scopes: [scope('lonely')],
        },
      ],
      offlineAccess: scope('offline_access', { emphasize: true }),
      mayBeRemembered: true,
    })
  })

  it('shows only the APIs that the request names', async () => {
    const server = consentServer()
    const changes = { scope: 'shared', resource: 'urn:payments' }
    const interaction = await askedFor(server, await signedIn(server), changes)
    expect(interaction?.consent?.access.map(({ name }) => name)).toEqual(['urn:payments'])
  })

  it('shows every API that the token can be for when those that are not named take part', async () => {
    const server = consentServer({}, { compatibility: 'duende' })
    const browser = await signedIn(server)
    const changes = { scope: 'shared', resource: 'urn:payments' }
    const interaction = await askedFor(server, browser, changes)
    const shown = interaction?.consent?.access.map(({ name }) => name)

    const answer = await authorizeWith(server, changes, { browser })
    const tokens = bodyOf(await redeem(server, answer.searchParams.get('code')))
    expect(decodeJwt(String(tokens['access_token'])).aud).toEqual(shown)
    expect(shown).toEqual(['urn:invoices', 'urn:payments'])
  })

  it('is not made to clients that need none, unless they want it', async () => {
    const server = consentServer({ requireConsent: false })
    const browser = await signedIn(server)
    expect(await askedFor(server, browser, { scope: 'openid read' })).toBeUndefined()
    expect(
      await askedFor(server, browser, { scope: 'openid read', prompt: 'consent' }),
    ).toBeDefined()
  })

  it('becomes an error with prompt=none', async () => {
    const server = consentServer()
    const browser = await signedIn(server)
    const query = authorizationQuery({ scope: 'openid read', prompt: 'none' })
    const answer = locationOf(await browser.get(`/authorize?${query}`))
    expect(answer.searchParams.get('error')).toBe('consent_required')
  })
})

describe('consent', () => {
  it.each<[name: string, scope: string, consent: string[], granted: string | null, more?: Query]>([
    ['everything', 'openid read', ['openid', 'read'], 'openid read'],
    ['a part', 'openid read write', ['openid', 'write'], 'openid write'],
    ['more than was asked', 'openid read', ['openid', 'read', 'write', 'nonsense'], 'openid read'],
    ['nothing', 'read write', [], null],
    ['not what is required about the user', 'openid read', ['read'], null],
    ['not what is required at an API', 'read audit', ['read'], null],
    [
      'nothing at the API that is named',
      'openid read',
      ['openid'],
      null,
      { resource: 'urn:invoices' },
    ],
    ['no offline access', 'openid read offline_access', ['openid', 'read'], 'openid read'],
  ])('to %s', async (_, asked, consent, granted, more = {}) => {
    const server = consentServer()
    const answer = await authorizeWith(server, { scope: asked, ...more }, { consent })
    if (granted === null) {
      expect(answer.searchParams.get('error')).toBe('access_denied')
      return
    }
    const body = bodyOf(await redeem(server, answer.searchParams.get('code')))
    expect(body).toMatchObject({ scope: granted })
    expect(decodeJwt(String(body['access_token']))['scope']).toBe(granted)
    expect('refresh_token' in body).toBe(granted.includes('offline_access'))
  })

  it('counts for who gave it, and not for who signs in meanwhile', async () => {
    const server = consentServer()
    const browser = await signedIn(server)
    const interaction = await askedFor(server, browser, { scope: 'openid read' })
    const url = await server.interactions.consent(interaction?.id ?? '', {
      scopes: ['openid', 'read'],
    })
    const tab = await browser.get(`/authorize?${authorizationQuery({ prompt: 'login' })}`)
    const login = await server.interactions.login(interactionOf(tab) ?? '', { subject: 'bob' })
    await browser.get(login)
    const next = interactionOf(await browser.get(url))
    expect(await server.interactions.find(next ?? '')).toMatchObject({
      prompt: 'consent',
      user: { subject: 'bob' },
    })
  })
})

describe('remembered consent', () => {
  const remember = true
  const everything = { scope: 'openid read shared' }

  async function remembered(client: Partial<Client> = {}, changes: Query = everything) {
    const clock = createClock()
    const server = consentServer(client, { now: clock.now })
    const browser = createBrowser(server)
    await authorizeWith(server, changes, { browser, remember })
    return { clock, server, browser }
  }

  it.each<[name: string, changes: Query, isAsked: boolean]>([
    ['the same', everything, false],
    ['less', { scope: 'openid read' }, false],
    ['at one of the APIs', { scope: 'shared', resource: 'urn:payments' }, false],
    ['more', { scope: 'openid read shared write' }, true],
    ['offline access', { scope: 'openid read offline_access' }, true],
    ['a parameterized scope', { scope: 'openid transaction:42' }, true],
  ])('%s', async (_, changes, isAsked) => {
    const { server, browser } = await remembered()
    expect((await askedFor(server, browser, changes)) !== undefined).toBe(isAsked)
  })

  it('is for the API that the user was asked about', async () => {
    const { server, browser } = await remembered({}, { scope: 'shared', resource: 'urn:payments' })
    expect(
      await askedFor(server, browser, { scope: 'shared', resource: 'urn:payments' }),
    ).toBeUndefined()
    expect(
      await askedFor(server, browser, { scope: 'shared', resource: 'urn:invoices' }),
    ).toBeDefined()
    expect(await askedFor(server, browser, { scope: 'shared' })).toBeDefined()
  })

  it('always asks again for offline access and parameterized scopes', async () => {
    const changes = { scope: 'openid transaction:42 offline_access' }
    const { server, browser } = await remembered({}, changes)
    expect(await askedFor(server, browser, changes)).toBeDefined()
    expect(await askedFor(server, browser, { scope: 'transaction:42' })).toBeDefined()
  })

  it('is for one user and one client', async () => {
    const other = { ...asking, clientId: 'other' }
    const server = peopleServer({ resources, clients: [asking, other] })
    const browser = createBrowser(server)
    await authorizeWith(server, everything, { browser, remember })
    expect(await askedFor(server, browser, { ...everything, client_id: 'other' })).toBeDefined()
    const bob = createBrowser(server)
    await authorizeWith(server, { scope: 'openid' }, { browser: bob, login: { subject: 'bob' } })
    expect(await askedFor(server, bob, everything)).toBeDefined()
  })

  it('is not kept where the client does not permit it, or the user does not want it', async () => {
    const { server, browser } = await remembered({ allowRememberConsent: false })
    expect((await askedFor(server, browser, everything))?.consent?.mayBeRemembered).toBe(false)
    const plain = consentServer()
    const unwanted = createBrowser(plain)
    await authorizeWith(plain, everything, { browser: unwanted })
    expect(await askedFor(plain, unwanted, everything)).toBeDefined()
  })

  it('is over after its lifetime', async () => {
    const { clock, server, browser } = await remembered({ consentLifetime: 60 })
    clock.pass(59)
    expect(await askedFor(server, browser, everything)).toBeUndefined()
    clock.pass(1)
    expect(await askedFor(server, browser, everything)).toBeDefined()
  })

  it('is listed for its user, and can be taken back with everything that came of it', async () => {
    const { server, browser } = await remembered({}, { scope: 'openid read' })
    const changes = { scope: 'openid read offline_access' }
    const answer = await authorizeWith(server, changes, { browser, remember })
    const body = bodyOf(await redeem(server, answer.searchParams.get('code')))
    const unused = await authorizeWith(server, changes, { browser, remember })

    const [grant, ...others] = await server.grants.list('alice')
    expect(others).toEqual([])
    expect(grant).toMatchObject({
      client: { clientId: 'web', clientName: 'The web shop' },
      hasRefreshTokens: true,
      allowed: {
        aboutYou: [{ value: 'openid' }],
        access: [{ name: 'urn:invoices', scopes: [{ value: 'read' }] }],
        offlineAccess: { value: 'offline_access' },
      },
    })
    expect(await server.grants.list('bob')).toEqual([])

    await server.grants.revoke({ subject: 'bob', clientId: 'web' })
    expect(await server.grants.list('alice')).toHaveLength(1)
    await server.grants.revoke({ subject: 'alice', clientId: 'web' })
    expect(await server.grants.list('alice')).toEqual([])
    expect(await askedFor(server, browser, { scope: 'openid read' })).toBeDefined()
    for (const response of [
      await redeem(server, unused.searchParams.get('code')),
      await redeem(server, null, {
        grant_type: 'refresh_token',
        refresh_token: String(body['refresh_token']),
      }),
    ]) {
      expect(bodyOf(response)).toMatchObject({ error: 'invalid_grant' })
    }
  })

  it.each<[name: string, grant: object | string]>([
    ['a user only', { subject: 'alice' }],
    ['a client only', { clientId: 'web' }],
    ['nothing', {}],
    ['a bare name', 'alice'],
  ])('is not taken back for %s, which would take back more', async (_, grant) => {
    const { server } = await remembered()
    const revoke = server.grants.revoke as (grant: unknown) => Promise<void>
    await expect(revoke(grant)).rejects.toThrow(/both are needed/)
    expect(await server.grants.list('alice')).toHaveLength(1)
  })
})
