import { decodeProtectedHeader } from 'jose'
import { describe, expect, it } from 'vitest'
import {
  authorizationQuery,
  authorizeWith,
  createBrowser,
  locationOf,
  peopleServer,
  redeem,
  refresh,
} from '../../packages/core/test/support/people.js'
import { bodyOf, get } from '../../packages/core/test/support/server.js'

describe('an emergency, as docs/guides/keys.md has it', () => {
  it('ends access tokens, and neither sessions nor refresh tokens', async () => {
    const server = peopleServer({ signingKeys: [], defaultSigningAlgorithm: 'ES256' })
    const browser = createBrowser(server)
    const scope = 'openid read offline_access'
    const { searchParams } = await authorizeWith(server, { scope }, { browser })
    const tokens = bodyOf(await redeem(server, searchParams.get('code')))
    const userinfo = async (token: unknown): Promise<number> =>
      (await get(server, '/userinfo', { authorization: `Bearer ${String(token)}` })).status
    expect(await userinfo(tokens['access_token'])).toBe(200)

    const [key] = await server.keys.list()
    expect(await server.keys.revoke(key?.kid ?? '')).toBe(true)

    expect(await userinfo(tokens['access_token'])).toBe(401)
    const refreshed = bodyOf(await refresh(server, tokens['refresh_token']))
    expect(await userinfo(refreshed['access_token'])).toBe(200)
    const { kid } = decodeProtectedHeader(String(refreshed['access_token']))
    expect(kid).toBe((await server.keys.list())[0]?.kid)
    expect(kid).not.toBe(key?.kid)
    const again = await browser.get(`/authorize?${authorizationQuery()}`)
    expect(locationOf(again).searchParams.has('code')).toBe(true)
  })
})
