import type { ResourceDefinitions } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { compatibilities } from '../../src/compatibility.js'
import { narrowResources } from '../../src/resources/narrow-resources.js'
import type { ValidatedResources } from '../../src/resources/validate-resources.js'
import { bodyOf, client, post, requestToken, testServer } from '../support/server.js'

const resources: ResourceDefinitions = {
  apiScopes: [
    { name: 'read', userClaims: ['role'] },
    { name: 'write' },
    { name: 'other', userClaims: ['other_claim'] },
  ],
  apiResources: [
    { name: 'urn:a', scopes: ['read', 'write'] },
    { name: 'urn:b', scopes: ['read', 'other'] },
    { name: 'urn:off', scopes: ['read'], enabled: false },
  ],
}
const allowedScopes = ['read', 'write', 'other']
const server = testServer({ resources, clients: [{ ...client, allowedScopes }] })

describe('a resource indicator at the token endpoint', () => {
  it('narrows audience and scope to the resource', async () => {
    const { claims, response } = await requestToken(server, {
      scope: 'other read write',
      resource: 'urn:a',
    })
    expect(claims.aud).toBe('urn:a')
    expect(claims['scope']).toBe('read write')
    expect(response['scope']).toBe('read write')
  })

  it('cannot name a disabled resource', async () => {
    const response = await post(server, {
      grant_type: 'client_credentials',
      resource: 'urn:off',
    })
    expect(bodyOf(response)['error']).toBe('invalid_target')
  })
})

describe('narrowing a grant to a resource that holds none of its scopes', () => {
  const granted: ValidatedResources = {
    scopes: [{ name: 'read', value: 'read' }],
    identityResources: [],
    apiScopes: [{ name: 'read' }],
    apiResources: [{ name: 'urn:a', scopes: ['read'] }],
    hasOfflineAccess: true,
  }

  it('is refused', () => {
    const narrow = (): unknown =>
      narrowResources(granted, 'urn:b', { compatibility: compatibilities.strict })
    expect(narrow).toThrow(expect.objectContaining({ code: 'invalid_target' }) as Error)
    expect(narrow).toThrow("resource 'urn:b' holds none of the granted scopes")
  })

  it('leaves an empty token with compatibility: duende', () => {
    expect(narrowResources(granted, 'urn:b', { compatibility: compatibilities.duende })).toEqual({
      apiResources: [],
      apiScopes: [],
      scopes: ['offline_access'],
    })
  })
})

describe('client.allowedResources', () => {
  const restricted = testServer({
    resources,
    clients: [{ ...client, allowedScopes, allowedResources: ['urn:b'] }],
  })

  it('keeps other resources out of the audience', async () => {
    const { claims } = await requestToken(restricted, { scope: 'read write' })
    expect(claims.aud).toBe('urn:b')
    expect(claims['scope']).toBe('read write')
  })

  it('makes other resources impossible to name', async () => {
    const form = { grant_type: 'client_credentials', resource: 'urn:a' }
    expect(bodyOf(await post(restricted, form))['error']).toBe('invalid_target')
    const named = await requestToken(restricted, { resource: 'urn:b' })
    expect(named.claims.aud).toBe('urn:b')
  })

  it('allows none when the list is empty', async () => {
    const none = testServer({
      resources,
      clients: [{ ...client, allowedScopes, allowedResources: [] }],
    })
    expect((await requestToken(none)).claims).not.toHaveProperty('aud')
  })
})
