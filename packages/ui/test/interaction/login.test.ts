import { describe, expect, it } from 'vitest'
import { createWorld, csrfToken, unavailable } from '../support/world.js'
import type { WorldOptions } from '../support/world.js'

const alice = { username: 'alice', password: 'correct horse' }

describe('the login page', () => {
  it('says for whom, and has the token of this browser and interaction', async () => {
    const { status, body } = await createWorld().get()
    expect(status).toBe(200)
    expect(body).toContain('to continue to <strong>Acme Invoices</strong>')
    expect(body).toContain('<form method="post" action="/interaction/i1"')
    expect(body).toContain(`<input type="hidden" name="csrf" value="${csrfToken('i1')}"/>`)
    expect(body).toMatch(/<input id="username"[^>]* autocomplete="username"[^>]* required/)
    expect(body).toMatch(/<input id="password"[^>]* autocomplete="current-password"[^>]* required/)
  })

  it('fills in whom the client expects, and puts the cursor at the password', async () => {
    const { body } = await createWorld({ interaction: { loginHint: 'a"lice' } }).get()
    expect(body).toContain('value="a&quot;lice"')
    expect(body).toMatch(/<input id="password"[^>]* autofocus/)
    expect(body).not.toMatch(/<input id="username"[^>]* autofocus/)
  })

  it('escapes the names of clients', async () => {
    const client = {
      clientId: 'x',
      clientName: '<b>x</b>',
      clientUri: undefined,
      logoUri: undefined,
    }
    const { body } = await createWorld({ interaction: { client } }).get()
    expect(body).toContain('&lt;b>x&lt;/b>')
    expect(body).not.toContain('<b>')
  })

  it('offers no way back where no client waits', async () => {
    const interaction = { client: undefined, redirectUri: undefined }
    expect((await createWorld({ interaction }).get()).body).not.toContain('value="cancel"')
    expect((await createWorld().get()).body).toContain('value="cancel"')
  })

  it('leads to where accounts are created, and names the interaction', async () => {
    const { body } = await createWorld({ register: 'https://id.example.com/join?a=1' }).get()
    expect(body).toContain('href="https://id.example.com/join?a=1&amp;interaction=i1"')
  })

  it('answers HEAD as GET', async () => {
    const world = createWorld()
    const response = await world.handle({
      method: 'HEAD',
      url: '/interaction/i1',
      headers: { cookie: 'browser=alices-browser' },
      body: async () => '',
    })
    expect(response).toEqual(await world.get())
  })
})

describe('signing in', () => {
  it('reports who it is and sends the browser on', async () => {
    const world = createWorld()
    const { status, headers, body } = await world.post(alice)
    expect(status).toBe(303)
    expect(headers['location']).toBe('https://id.example.com/resume?after=login')
    expect(headers['cache-control']).toBe('no-store')
    expect(body).toBeUndefined()
    const attempt = { username: 'alice', remoteAddress: '203.0.113.7' }
    expect(world.reports).toEqual([
      { kind: 'begin', ...attempt },
      { kind: 'succeed', ...attempt },
      { kind: 'login', id: 'i1', login: { subject: '123', amr: ['pwd'] } },
    ])
  })

  it('says what is wrong, keeps the name and forgets the password', async () => {
    const world = createWorld()
    const { status, body } = await world.post({ username: 'alice', password: 'gue55' })
    expect(status).toBe(422)
    expect(body).toContain('<title>Problem: Sign in</title>')
    expect(body).toMatch(/id="problem" role="alert">.*User name or password is wrong\./)
    expect(body).toMatch(/id="username"[^>]* value="alice"[^>]* aria-describedby="problem"/)
    expect(body).toMatch(
      /id="password"[^>]* autofocus[^>]* aria-describedby="problem" aria-invalid/,
    )
    expect(body).not.toContain('gue55')
    expect(world.reports.map(({ kind }) => kind)).toEqual(['begin'])
  })

  it('answers an unknown name like a wrong password', async () => {
    const wrong = await createWorld().post({ username: 'alice', password: 'x' })
    const unknown = await createWorld().post({ username: 'nobody', password: 'x' })
    expect(unknown.body?.replace('nobody', 'alice')).toBe(wrong.body)
  })

  it.each([
    ['no name', { username: '', password: 'x' }],
    ['no password', { username: 'alice', password: '' }],
    ['neither', {}],
  ])('asks again for %s, which is no attempt', async (_, fields) => {
    const world = createWorld()
    const { status, body } = await world.post(fields)
    expect(status).toBe(422)
    expect(body).toContain('Enter your user name and your password.')
    expect(world.reports).toEqual([])
  })

  it.each([
    [290, '290', 'Try again in 5 minutes.'],
    [60.5, '61', 'Try again in 2 minutes.'],
    [20, '20', 'Try again in one minute.'],
  ])(
    'after too many attempts does not even look: %d seconds',
    async (wait, retryAfter, sentence) => {
      const world = createWorld({
        wait,
        authenticate: async () => Promise.reject(new Error('it was looked at')),
      })
      const { status, headers, body } = await world.post(alice)
      expect(status).toBe(429)
      expect(headers['retry-after']).toBe(retryAfter)
      expect(body).toContain(sentence)
      expect(body).toContain('value="alice"')
      expect(body).not.toContain('correct horse')
    },
  )

  it('tells the client when the user does not want to', async () => {
    const world = createWorld()
    expect((await world.post({ decision: 'cancel' })).status).toBe(303)
    expect(world.reports).toEqual([{ kind: 'deny', id: 'i1' }])
  })

  it('gives the credentials and the request to authenticate', async () => {
    const seen: unknown[] = []
    const options: WorldOptions = {
      async authenticate(credentials, request) {
        seen.push(credentials, request.remoteAddress)
        return undefined
      },
    }
    await createWorld(options).post({ username: ' ål+ice&', password: '100 % = π' })
    expect(seen).toEqual([{ username: ' ål+ice&', password: '100 % = π' }, '203.0.113.7'])
  })

  it('is unavailable, and nobody is told no, when it could not look', async () => {
    const errors: unknown[] = []
    const world = createWorld({
      authenticate: async () => Promise.reject(unavailable()),
      onError: (error) => errors.push(error),
    })
    const { status, headers, body } = await world.post(alice)
    expect(status).toBe(503)
    expect(headers['retry-after']).toBe('7')
    expect(body).toContain('This does not work at the moment')
    expect(errors).toHaveLength(1)
  })
})

describe('prompt=create', () => {
  const interaction = { prompt: 'create' } as const

  it('leads to where accounts are created', async () => {
    const { body } = await createWorld({
      interaction,
      register: 'https://id.example.com/join',
    }).get()
    expect(body).toContain('<h1>Create an account</h1>')
    expect(body).toContain('href="https://id.example.com/join?interaction=i1"')
    expect(body).toContain('href="/interaction/i1?account=other"')
  })

  it('shows the login form to whoever has an account', async () => {
    const world = createWorld({ interaction, register: 'https://id.example.com/join' })
    const { body } = await world.get('/interaction/i1?account=other')
    expect(body).toContain('<h1>Sign in</h1>')
    expect(body).not.toContain('Accounts are not created here.')
  })

  it('explains that accounts are not created here', async () => {
    const world = createWorld({ interaction })
    const { body } = await world.get()
    expect(body).toContain('<h1>Sign in</h1>')
    expect(body).toContain('Accounts are not created here.')
    expect((await world.post(alice)).status).toBe(303)
  })
})

describe('prompt=select_account', () => {
  const interaction = { prompt: 'select_account', user: { subject: '123' } } as const

  it('offers who is signed in, by name', async () => {
    const describeUser = async (subject: string): Promise<string> => `Alice (${subject})`
    const { body } = await createWorld({ interaction, describeUser }).get()
    expect(body).toContain('Continue as Alice (123)')
    expect(body).toContain('href="/interaction/i1?account=other"')
    expect(body).not.toContain('name="password"')
  })

  it('calls somebody without a name by the subject', async () => {
    const { body } = await createWorld({ interaction, describeUser: async () => undefined }).get()
    expect(body).toContain('Continue as 123')
  })

  it('goes on as who is signed in', async () => {
    const world = createWorld({ interaction })
    const { status, headers } = await world.post({ decision: 'continue' })
    expect([status, headers['location']]).toEqual([
      303,
      'https://id.example.com/resume?after=continue',
    ])
    expect(world.reports).toEqual([{ kind: 'continue', id: 'i1' }])
  })

  it('signs in somebody else', async () => {
    const world = createWorld({ interaction })
    expect((await world.get('/interaction/i1?account=other')).body).toContain('name="password"')
    expect((await world.post(alice)).status).toBe(303)
    expect(world.reports.at(-1)).toMatchObject({ kind: 'login', login: { subject: '123' } })
  })

  it('shows the login form where nobody is signed in', async () => {
    const { body } = await createWorld({ interaction: { prompt: 'select_account' } }).get()
    expect(body).toContain('name="password"')
  })
})
