import type { Interaction } from '@bailiwick/core'
import { describe, expect, it } from 'vitest'
import { consent } from '../support/examples.js'
import { createWorld } from '../support/world.js'
import type { World } from '../support/world.js'

const asked = { prompt: 'consent', user: { subject: '123' }, consent } as const

const consentWorld = (interaction: Partial<Interaction> = {}): World =>
  createWorld({ interaction: { ...asked, ...interaction } })

const ticking = (...values: readonly string[]): [string, string][] => [
  ['decision', 'allow'],
  ...values.map((value): [string, string] => ['scope', value]),
]

const boxOf = (body = '', value = ''): string =>
  new RegExp(`<input type="checkbox" name="scope" value="${value}"[^>]*>`).exec(body)?.[0] ?? 'none'

describe('the consent page', () => {
  it('shows what is asked for: about the user, by API, and while the user is away', async () => {
    const { body = '' } = await consentWorld().get()
    const groups = [...body.matchAll(/<legend>([^<]+)<\/legend>/g)].map(([, title]) => title)
    expect(groups).toEqual(['About you', 'Invoice API', 'Bank API', 'While you are away'])
    expect(body).toContain('What you bill and what you are billed.')
    expect(body).toContain('Your name, picture and language.')
  })

  it('ticks what is required for good, and the rest for now', async () => {
    const { body } = await consentWorld().get()
    expect(boxOf(body, 'openid')).toMatch(/ checked disabled/)
    expect(boxOf(body, 'profile')).toMatch(/ checked(?! disabled)/)
  })

  it('points out what matters, in words', async () => {
    const { body } = await consentWorld().get()
    expect(body).toMatch(
      /class="scope emphasized">.*Pays your invoices<\/span> <span class="tag">Important/,
    )
    expect(body?.match(/emphasized/g)).toHaveLength(1)
  })

  it('shows what a parameterized scope is about', async () => {
    const { body } = await consentWorld().get()
    expect(body).toContain('Makes one transaction</span> <span class="parameter">42</span>')
  })

  it('asks once about a scope that several APIs list', async () => {
    const { body } = await consentWorld().get()
    expect(body?.match(/value="invoice.read"/g)).toHaveLength(1)
    expect(body?.match(/Reads your invoices/g)).toHaveLength(2)
    expect(body).toContain('As chosen above')
  })

  it('gives scopes of no API a heading', async () => {
    const access = [
      { name: undefined, displayName: undefined, description: undefined, scopes: consent.aboutYou },
      {
        name: 'urn:plain',
        displayName: undefined,
        description: undefined,
        scopes: consent.aboutYou,
      },
    ]
    const { body } = await consentWorld({ consent: { ...consent, access } }).get()
    expect(body).toContain('<legend>Other access</legend>')
    expect(body).toContain('<legend>urn:plain</legend>')
  })

  it.each([
    ['https://app.acme.example:8443/cb', 'app.acme.example:8443'],
    ['http://127.0.0.1:7777/cb', 'an app on this device'],
    ['http://[::1]:7777/cb', 'an app on this device'],
    ['com.acme.app:/cb', 'an app on this device'],
  ])('says where the answer to %s goes', async (redirectUri, place) => {
    const { body } = await consentWorld({ redirectUri }).get()
    expect(body).toContain(`Afterwards you return to <strong>${place}</strong>.`)
  })

  it.each(['javascript:alert(1)', 'no url'])('does not link to %s', async (clientUri) => {
    const client = { clientId: 'x', clientName: 'X', clientUri, logoUri: undefined }
    expect((await consentWorld({ client }).get()).body).not.toContain('<a ')
  })

  it('offers to remember only what may be remembered', async () => {
    expect((await consentWorld().get()).body).toContain('name="remember"')
    const forgetful = consentWorld({ consent: { ...consent, mayBeRemembered: false } })
    expect((await forgetful.get()).body).not.toContain('name="remember"')
  })
})

describe('consenting', () => {
  it('reports what is ticked, and what is required', async () => {
    const world = consentWorld()
    const { status, headers } = await world.post(ticking('invoice.read', 'transaction:42'))
    expect([status, headers['location']]).toEqual([
      303,
      'https://id.example.com/resume?after=consent',
    ])
    expect(world.reports).toEqual([
      {
        kind: 'consent',
        id: 'i1',
        decision: { scopes: ['openid', 'invoice.read', 'transaction:42'], remember: false },
      },
    ])
  })

  it('allows nothing that was not asked for', async () => {
    const world = consentWorld()
    await world.post(ticking('admin', 'transaction:43', 'transaction', 'profile'))
    expect(world.reports).toMatchObject([{ decision: { scopes: ['openid', 'profile'] } }])
  })

  it.each([
    [true, true],
    [false, false],
  ])('remembers what may be remembered: %s', async (mayBeRemembered, remember) => {
    const world = consentWorld({ consent: { ...consent, mayBeRemembered } })
    await world.post([...ticking(), ['remember', 'yes']])
    expect(world.reports).toMatchObject([{ decision: { remember } }])
  })

  it('does not take nothing for a yes', async () => {
    const world = consentWorld({ consent: { ...consent, aboutYou: [] } })
    const { status, body } = await world.post(ticking('admin'))
    expect(status).toBe(422)
    expect(body).toContain('Choose what to allow, or deny.')
    expect(boxOf(body, 'invoice.read')).not.toContain('checked')
    expect(world.reports).toEqual([])
  })

  it('tells the client no', async () => {
    const world = consentWorld()
    expect((await world.post([...ticking('profile').slice(1), ['decision', 'deny']])).status).toBe(
      303,
    )
    expect(world.reports).toEqual([{ kind: 'deny', id: 'i1' }])
  })

  it.each([
    [[]],
    [[['decision', 'maybe']]],
    [
      [
        ['decision', 'allow'],
        ['decision', 'deny'],
      ],
    ],
  ] as [string, string][][][])('needs one clear decision: %j', async (fields) => {
    const world = consentWorld()
    expect((await world.post(fields)).status).toBe(400)
    expect(world.reports).toEqual([])
  })
})

describe('signing out', () => {
  const logout = { prompt: 'logout', user: { subject: '123' } } as const

  it('asks, and says who asks and who is signed in', async () => {
    const { body } = await createWorld({ interaction: logout }).get()
    expect(body).toContain('<h1>Sign out?</h1>')
    expect(body).toContain('Acme Invoices asks to sign you out.')
    expect(body).toContain('Signed in as 123')
  })

  it.each([
    ['logout', 'logout'],
    ['stay', 'deny'],
  ])('reports %s as %s', async (decision, kind) => {
    const world = createWorld({ interaction: logout })
    expect((await world.post({ decision })).status).toBe(303)
    expect(world.reports).toEqual([{ kind, id: 'i1' }])
  })

  it('signs nobody out without a decision', async () => {
    const world = createWorld({ interaction: logout })
    expect((await world.post({})).status).toBe(400)
    expect(world.reports).toEqual([])
  })
})
