import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { machine, role, user } from '../../src/index.js'
import type { ResourceServerOptions } from '../../src/index.js'
import type { GuardedApp, Route, ServeRoutes, TestResponse } from './guarded-app.js'
import { otherIssuers } from './other-issuers.js'
import type { OtherIssuer } from './other-issuers.js'
import { bearer, refusal, refusalOf } from './refusals.js'
import { createKey, sign } from './test-issuer.js'
import { createWorld, jwksUri } from './world.js'
import type { World } from './world.js'

type Members = Readonly<Record<string, unknown>>

const key = createKey('RS256', 'k1')

const answer: Route['answer'] = ({ auth }) => {
  const { subject, clientId, isMachine, token, scopes } = auth()
  return { subject, clientId, isMachine, jti: token.jti, scopes: [...scopes] }
}

const routesOf = ({
  role: name,
  scope = 'read',
}: OtherIssuer): Readonly<Record<string, Route>> => ({
  '/': { guard: { needs: scope }, answer },
  '/any-token': { guard: {}, answer },
  '/role': { guard: { needs: role(name) }, answer },
  '/user': { guard: { needs: user() }, answer },
  '/machine': { guard: { needs: machine() }, answer },
})

function worldOf(
  { metadataUrl, preset: { issuer, jwks } }: OtherIssuer,
  issuers: ResourceServerOptions['issuers'],
): World {
  const world = createWorld({ issuers, key })
  if (metadataUrl !== undefined) {
    world.network.serveJson(metadataUrl, { issuer, jwks_uri: jwksUri })
  }
  if (jwks !== undefined && 'uri' in jwks) {
    world.network.serveJson(jwks.uri, { keys: [key.jwk] })
  }
  return world
}

function describeIssuer(other: OtherIssuer, serve: ServeRoutes): void {
  const { preset, header, user: userClaims, caller, machine: machineClaims, idToken } = other
  const tokenOf = (changes: Members = {}, headerChanges: Members = {}): string =>
    sign(
      key,
      { alg: 'RS256', kid: 'k1', ...header, ...headerChanges },
      { ...userClaims, ...changes },
    )

  const world = worldOf(other, preset)
  let app: GuardedApp
  beforeAll(async () => {
    app = await serve(world.api, routesOf(other))
  })
  afterAll(() => app.close())
  const send = (token: string, path = '/'): Promise<TestResponse> =>
    app.send({ path, headers: bearer(token) })

  it('accepts the token of a user', async () => {
    const response = await send(tokenOf())
    expect([response.status, response.body && JSON.parse(response.body)]).toEqual([
      200,
      { ...caller, isMachine: false },
    ])
    expect((await send(tokenOf(), '/role')).status).toBe(200)
    expect((await send(tokenOf(), '/user')).status).toBe(200)
    expect((await send(tokenOf(), '/machine')).status).toBe(403)
  })

  it('R06 tells a machine from a user', async () => {
    const token = tokenOf(machineClaims)
    expect((await send(token, '/any-token')).status).toBe(200)
    expect((await send(token, '/machine')).status).toBe(200)
    expect((await send(token, '/user')).status).toBe(403)
  })

  it('J01 refuses an ID token, also for an audience that fits', async () => {
    for (const path of ['/', '/any-token']) {
      expect((await send(tokenOf(idToken), path)).status).toBe(401)
    }
    const reasons = new Set(world.reasons().filter((reason) => reason !== 'subject_mismatch'))
    expect([...reasons]).toEqual([expect.stringMatching('not_an_access_token|missing_claim')])
  })

  it.each<[string, Members, Members]>([
    ['at_hash', { at_hash: 'h' }, {}],
    ['c_hash', { c_hash: 'h' }, {}],
    ['another issuer', { iss: 'https://evil.example' }, {}],
    ['another audience', { aud: 'https://other.example' }, {}],
    ['J04 the type of a DPoP proof', {}, { typ: 'dpop+jwt' }],
    ['C01 no exp', { exp: undefined }, {}],
    ['C09 a malformed client', { azp: 1, cid: 1, appid: 1, client_id: 1 }, {}],
  ])('refuses %s', async (_, changes, headerChanges) => {
    const response = await send(tokenOf(changes, headerChanges), '/any-token')
    expect(response.status).toBe(401)
    expect(response.headers['www-authenticate']).toContain('error="invalid_token"')
  })

  it('is not trusted like this without its preset', async () => {
    const { issuer, jwks, metadataUrl, audience, clients } = preset
    const strict = worldOf(other, {
      issuer,
      ...(jwks !== undefined && { jwks }),
      ...(metadataUrl !== undefined && { metadataUrl }),
      ...(audience !== undefined && { audience }),
      ...(clients !== undefined && { clients }),
    })
    const isStandard = header['typ'] === 'at+jwt'
    const bare = await serve(strict.api, routesOf(other))
    const response = await bare.send({ path: '/', headers: bearer(tokenOf()) })
    await bare.close()
    if (isStandard) expect(response.status).toBe(200)
    else expect(refusalOf(response)).toEqual(refusal('invalid_token', other.scope))
  })
}

/** Which tokens of issuers that do not follow RFC 9068 are accepted. */
export function describeIssuers(serve: ServeRoutes): void {
  describe.each(Object.entries(otherIssuers))('tokens of %s', (_, other) => {
    describeIssuer(other, serve)
  })
}
