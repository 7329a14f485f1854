import { describe, expect, it } from 'vitest'
import { decodeJwt } from 'jose'
import type { ProfileRequest, ServerEvent } from '../../src/index.js'
import { defaultGrants } from '../../src/index.js'
import { bodyOf, client, post, requestToken, testServer, userGrant } from '../support/server.js'

const user = {
  subject: 'bob',
  authTime: 1_700_000_000,
  amr: ['pwd'],
  acr: 'urn:mfa',
  sessionId: 'session',
  identityProvider: 'local',
}
const resources = {
  identityResources: [{ name: 'hr', userClaims: ['level'] }],
  apiScopes: [{ name: 'read', userClaims: ['role', 'email'] }, { name: 'write' }],
  apiResources: [
    {
      name: 'urn:a',
      scopes: ['read', 'write'],
      userClaims: ['department_id', 'role', 'iss', 'constructor'],
    },
    { name: 'urn:b', scopes: ['write'], userClaims: ['sales_region'] },
  ],
}

function serverWith(claims: (request: ProfileRequest) => Promise<Record<string, unknown>>) {
  const events: ServerEvent[] = []
  const server = testServer({
    resources,
    clients: [
      {
        ...client,
        allowedGrantTypes: ['urn:example:user', 'client_credentials'],
        allowedScopes: ['hr', 'read', 'write'],
        allowOfflineAccess: true,
        claims: { tier: 'gold' },
      },
    ],
    grants: [...defaultGrants, userGrant(user)],
    profile: { claims },
    onEvent: (event) => events.push(event),
  })
  return { server, events }
}

const ask = (parameters: Record<string, string>) => ({
  grant_type: 'urn:example:user',
  ...parameters,
})

describe('claims about the user in access tokens', () => {
  it('are those of the APIs in the audience and of the granted scopes', async () => {
    const requests: ProfileRequest[] = []
    const { server } = serverWith(async (request) => {
      requests.push(request)
      return { role: ['admin'], department_id: 7, sales_region: 'west', level: 9, other: 1 }
    })
    const response = await post(server, ask({ scope: 'hr read offline_access', resource: 'urn:a' }))
    const claims = decodeJwt(String(bodyOf(response)['access_token']))
    expect(requests).toEqual([
      {
        subject: 'bob',
        clientId: 'client',
        claimNames: ['department_id', 'role', 'constructor', 'email'],
        caller: 'access_token',
      },
    ])
    expect(claims).toMatchObject({
      sub: 'bob',
      auth_time: 1_700_000_000,
      amr: ['pwd'],
      acr: 'urn:mfa',
      sid: 'session',
      idp: 'local',
      role: ['admin'],
      department_id: 7,
      scope: 'read offline_access',
    })
    for (const name of ['sales_region', 'level', 'email', 'other', 'constructor', 'client_tier']) {
      expect(claims).not.toHaveProperty(name)
    }
  })

  it('cannot replace claims of the protocol', async () => {
    const { server } = serverWith(async () => ({
      iss: 'https://evil.example.com',
      role: undefined,
      toString: 'x',
    }))
    const claims = decodeJwt(
      String(bodyOf(await post(server, ask({ scope: 'write' })))['access_token']),
    )
    expect(claims.iss).toBe('https://id.example.com')
    expect(claims).not.toHaveProperty('role')
  })

  it('are those of the login where the profile service has none of that name', async () => {
    const server = testServer({
      resources,
      clients: [
        { ...client, allowedGrantTypes: ['urn:example:user'], allowedScopes: ['read', 'hr'] },
      ],
      grants: [
        userGrant({
          ...user,
          claims: { role: 'guest', department_id: 3, email: null, level: 9, iss: 'x', sub: 'eve' },
        }),
      ],
      profile: { claims: async () => ({ role: 'admin', department_id: undefined }) },
    })
    const response = await post(server, ask({ scope: 'hr read' }))
    const claims = decodeJwt(String(bodyOf(response)['access_token']))
    expect(claims).toMatchObject({ role: 'admin', department_id: 3, sub: 'bob' })
    expect(claims.iss).toBe('https://id.example.com')
    expect(claims).not.toHaveProperty('level')
    expect(claims).not.toHaveProperty('constructor')
  })

  it('are not asked for without a user', async () => {
    const { server } = serverWith(async () => {
      throw new Error('asked')
    })
    const { claims } = await requestToken(server, { scope: 'read write' })
    expect(claims).toMatchObject({ sub: 'client', client_tier: 'gold' })
  })

  it('turn into 503 when they cannot be looked up, and not into a token without them', async () => {
    const failure = new Error('database is down')
    const { server, events } = serverWith(async () => {
      throw failure
    })
    const response = await post(server, ask({ scope: 'read' }))
    expect(response.status).toBe(503)
    expect(response.headers['retry-after']).toBe('5')
    expect(bodyOf(response)['error']).toBe('temporarily_unavailable')
    expect(events).toEqual([{ type: 'server_error', path: '/token', cause: failure }])
  })
})
