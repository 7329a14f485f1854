import { decodeJwt, decodeProtectedHeader } from 'jose'
import { describe, expect, it } from 'vitest'
import { createMemoryStore } from '../../src/index.js'
import {
  authorizeWith,
  createClock,
  peopleServer,
  redeem,
  refresh,
  signInAndRedeem,
  web,
} from '../support/people.js'
import { bodyOf, get, issuer, now } from '../support/server.js'

const codeOf = (answer: URL): string | null => answer.searchParams.get('code')

describe('grant_type=authorization_code', () => {
  it('gives an access token, an ID token and, with offline_access, a refresh token', async () => {
    const body = await signInAndRedeem(peopleServer(), {
      scope: 'openid read offline_access',
      nonce: 'n',
    })
    expect(body).toMatchObject({
      token_type: 'Bearer',
      expires_in: 3600,
      scope: 'openid read offline_access',
      refresh_token: expect.stringMatching(/^[\w-]{43}\.[\w-]{43}$/) as string,
    })
    expect(decodeProtectedHeader(String(body['id_token']))).toMatchObject({
      alg: 'RS256',
      typ: 'JWT',
    })
    expect(decodeJwt(String(body['id_token']))).toEqual({
      iss: issuer,
      sub: 'alice',
      aud: 'web',
      iat: now,
      exp: now + 300,
      nonce: 'n',
      auth_time: now,
      amr: ['pwd'],
      sid: expect.stringMatching(/^[\w-]{43}$/) as string,
      at_hash: expect.stringMatching(/^[\w-]{22}$/) as string,
    })
    expect(decodeJwt(String(body['access_token']))).toMatchObject({
      sub: 'alice',
      aud: 'urn:invoices',
      client_id: 'web',
      scope: 'openid read offline_access',
      amr: ['pwd'],
    })
  })

  it('gives no ID token without openid, and no refresh token without offline_access', async () => {
    const body = await signInAndRedeem(peopleServer(), { scope: 'read' })
    expect(Object.keys(body).toSorted()).toEqual([
      'access_token',
      'expires_in',
      'scope',
      'token_type',
    ])
  })

  it.each<[name: string, changes: Record<string, string | undefined>, error: string, text: string]>(
    [
      ['no code', { code: undefined }, 'invalid_request', 'code is missing'],
      ['an unknown code', { code: 'unknown' }, 'invalid_grant', 'unknown'],
      ['a code that is too long', { code: 'x'.repeat(10_000) }, 'invalid_grant', 'unknown'],
      ['another client', { client_id: 'spa' }, 'invalid_grant', 'for another client'],
      [
        'no redirect_uri',
        { redirect_uri: undefined },
        'invalid_request',
        'redirect_uri is missing',
      ],
      [
        'another redirect_uri',
        { redirect_uri: 'https://app.example.com/' },
        'invalid_grant',
        'redirect_uri',
      ],
      ['no verifier', { code_verifier: undefined }, 'invalid_grant', 'code_verifier is missing'],
      ['a short verifier', { code_verifier: 'short' }, 'invalid_grant', '43 to 128'],
      ['a wrong verifier', { code_verifier: 'x'.repeat(43) }, 'invalid_grant', 'does not fit'],
      ['a resource nobody knows', { resource: 'urn:unknown' }, 'invalid_target', 'urn:unknown'],
      [
        'a resource of other scopes',
        { resource: 'urn:payments' },
        'invalid_target',
        'urn:payments',
      ],
      ['a resource that is no URI', { resource: 'invoices' }, 'invalid_target', 'absolute URI'],
    ],
  )(
    'refuses %s, and the code stays good for the right request',
    async (_, changes, error, text) => {
      const server = peopleServer()
      const code = codeOf(await authorizeWith(server))
      const refused = await redeem(server, code, changes)
      expect({ status: refused.status, ...bodyOf(refused) }).toEqual({
        status: 400,
        error,
        error_description: expect.stringContaining(text) as string,
      })
      expect((await redeem(server, code)).status).toBe(200)
    },
  )

  it('refuses a verifier for a code that was asked for without a challenge', async () => {
    const server = peopleServer({ clients: [{ ...web, requirePkce: false }] })
    const changes = { code_challenge: undefined, code_challenge_method: undefined }
    const code = codeOf(await authorizeWith(server, changes))
    expect(bodyOf(await redeem(server, code))).toMatchObject({ error: 'invalid_grant' })
    expect((await redeem(server, code, { code_verifier: undefined })).status).toBe(200)
  })

  it('refuses a code after 60 seconds', async () => {
    const clock = createClock()
    const server = peopleServer({ now: clock.now })
    const codes = [codeOf(await authorizeWith(server)), codeOf(await authorizeWith(server))]
    clock.pass(59)
    expect((await redeem(server, codes[0] ?? '')).status).toBe(200)
    clock.pass(1)
    expect(bodyOf(await redeem(server, codes[1] ?? ''))).toMatchObject({ error: 'invalid_grant' })
  })

  it('revokes what it issued when a code is used twice, even long after', async () => {
    const clock = createClock()
    const server = peopleServer({ now: clock.now })
    const code = codeOf(await authorizeWith(server, { scope: 'openid read offline_access' }))
    const first = bodyOf(await redeem(server, code))
    const authorization = `Bearer ${String(first['access_token'])}`
    const userinfo = () => get(server, '/userinfo', { authorization })
    expect((await userinfo()).status).toBe(200)
    clock.pass(1800)
    expect(bodyOf(await redeem(server, code))).toMatchObject({
      error: 'invalid_grant',
      error_description: expect.stringContaining('used before') as string,
    })
    expect(bodyOf(await refresh(server, first['refresh_token']))).toMatchObject({
      error: 'invalid_grant',
    })
    expect((await userinfo()).status).toBe(401)
  })

  it('leaves what was issued alone when somebody replays a code without its verifier', async () => {
    const server = peopleServer()
    const code = codeOf(await authorizeWith(server, { scope: 'openid read offline_access' }))
    const first = bodyOf(await redeem(server, code))
    await redeem(server, code, { code_verifier: 'x'.repeat(43) })
    expect((await refresh(server, first['refresh_token'])).status).toBe(200)
  })

  it('refuses a user who is not active any more, and answers 503 when nobody can tell', async () => {
    const answers = [true, false]
    const server = peopleServer({
      profile: {
        claims: async () => ({}),
        isActive: async () => {
          const answer = answers.shift()
          if (answer === undefined) throw new Error('database down')
          return answer
        },
      },
    })
    const code = codeOf(await authorizeWith(server))
    expect(bodyOf(await redeem(server, code))).toMatchObject({ error: 'invalid_grant' })
    const down = await redeem(server, code)
    expect(down).toMatchObject({ status: 503, headers: { 'retry-after': '5' } })
    expect(bodyOf(down)).toMatchObject({ error: 'temporarily_unavailable' })
  })

  it('has one winner when two servers on one store get the same code at once, 100 times', async () => {
    const store = createMemoryStore({ now: () => now })
    const servers = [peopleServer({ store }), peopleServer({ store })] as const
    for (let round = 0; round < 100; round += 1) {
      const code = codeOf(await authorizeWith(servers[0], { scope: 'read offline_access' }))
      const answers = await Promise.all(servers.map((server) => redeem(server, code)))
      expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(['200', '400'])
      const winner = answers.find(({ status }) => status === 200)
      // A code that is used twice is a stolen one, whoever was first.
      const after = await refresh(
        servers[0],
        bodyOf(winner ?? { status: 0, headers: {} })['refresh_token'],
      )
      expect(after.status).toBe(400)
    }
  })
})
