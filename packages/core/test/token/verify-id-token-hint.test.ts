import { describe, expect, it } from 'vitest'
import { resolveOptions } from '../../src/options.js'
import { verifyIdTokenHint } from '../../src/tokens/verify-id-token-hint.js'
import { accessToken, signOwn } from '../support/own-tokens.js'
import { issuer, now, signingKeys } from '../support/server.js'
import { generateSigningKey } from '../../src/index.js'

const { context } = resolveOptions({
  issuer,
  resources: {},
  clients: [],
  signingKeys,
  now: () => now,
})
const idTokenClaims = { iss: issuer, sub: 'bob', aud: 'web', sid: 'session', exp: now + 60 }
const idToken = (change: object = {}, typ = 'JWT'): Promise<string> =>
  signOwn({ ...idTokenClaims, ...change }, { typ })

describe('an ID token as id_token_hint', () => {
  it('tells who was meant', async () => {
    expect(await verifyIdTokenHint(await idToken(), context)).toEqual({
      subject: 'bob',
      clientId: 'web',
      sessionId: 'session',
    })
  })

  it('may have expired, and may name no session', async () => {
    const hint = await idToken({ exp: 1, sid: undefined })
    expect(await verifyIdTokenHint(hint, context)).toMatchObject({
      subject: 'bob',
      clientId: 'web',
    })
  })

  it.each<[string, () => Promise<string>]>([
    ['an access token', () => accessToken()],
    ['an access token with the audience of a client', () => accessToken({ aud: 'web' })],
    ['a logout token', () => idToken({}, 'logout+jwt')],
    ['a token of another issuer', () => idToken({ iss: 'https://evil.example.com' })],
    ['a token without an audience', () => idToken({ aud: undefined })],
    ['a token for several', () => idToken({ aud: ['web', 'other'] })],
    ['a token without a user', () => idToken({ sub: undefined })],
    [
      'a token that somebody else has signed',
      () => signOwn(idTokenClaims, { typ: 'JWT' }, generateSigningKey('EdDSA')),
    ],
    ['anything else', async () => 'bob'],
  ])('is not %s', async (_, make) => {
    expect(await verifyIdTokenHint(await make(), context)).toBeUndefined()
  })
})
