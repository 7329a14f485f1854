import { defineResources } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { createResourceServer } from '../src/index.js'

const issuers = ['https://id.example.com', 'https://other.example.com'] as const

describe('metadata', () => {
  it.each([
    ['https://h', 'https://h/.well-known/oauth-protected-resource'],
    ['https://h/', 'https://h/.well-known/oauth-protected-resource'],
    ['https://h/mcp', 'https://h/.well-known/oauth-protected-resource/mcp'],
    ['https://h/mcp/', 'https://h/.well-known/oauth-protected-resource/mcp/'],
    ['https://h:8443/a/b', 'https://h:8443/.well-known/oauth-protected-resource/a/b'],
    ['https://h/?tenant=1', 'https://h/.well-known/oauth-protected-resource?tenant=1'],
  ])('P01 of %s are at %s', (resource, address) => {
    const api = createResourceServer({ resource, issuers })
    expect(api.metadataUrl).toBe(address)
    const { pathname, search } = new URL(address)
    const response = api.metadataResponse({ method: 'GET', url: `${pathname}${search}` })
    expect(JSON.parse(response?.body ?? '')).toEqual({
      resource,
      authorization_servers: issuers,
      bearer_methods_supported: ['header'],
    })
  })

  it('P08 are where every challenge says', async () => {
    const api = createResourceServer({ resource: 'https://h/mcp', issuers })
    const result = await api.authenticate({ method: 'GET', url: '/', headers: {} })
    const challenge = result.ok ? '' : String(result.response.headers['www-authenticate'])
    expect(challenge.match(/resource_metadata="[^"]*"/g)).toEqual([
      `resource_metadata="${api.metadataUrl}"`,
    ])
  })

  it('P06 leave out what is no scope of a resource, and hold what you add', () => {
    const resources = defineResources({
      apiScopes: ['read', 'openid', 'offline_access'],
      apiResources: [{ name: 'https://h', scopes: ['read', 'openid', 'offline_access'] }],
    })
    const { metadata } = createResourceServer({
      resource: 'https://h',
      issuers,
      resources,
      metadata: { resource_name: 'Mine', resource_documentation: 'https://h/docs' },
    })
    expect(metadata).toMatchObject({
      scopes_supported: ['read'],
      resource_name: 'Mine',
      resource_documentation: 'https://h/docs',
    })
  })
})
