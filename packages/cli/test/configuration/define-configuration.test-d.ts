import { defineResources, openid } from '@bailiwick/protocol'
import { defineConfiguration } from '../../src/index.js'

const client = { clientId: 'client', allowedGrantTypes: ['client_credentials'] } as const

export const valid = defineConfiguration({
  issuer: 'https://id.example.com',
  identityResources: [openid, 'email', { name: 'roles', userClaims: ['role'] }],
  apiScopes: ['read', { name: 'write' }],
  apiResources: [{ name: 'urn:api', scopes: ['read', 'write'] }],
  clients: [
    {
      ...client,
      allowedScopes: ['openid', 'email', 'roles', 'read', 'write'],
      allowedResources: ['urn:api'],
      defaultScopes: ['openid', 'read', 'offline_access'],
    },
  ],
  users: [{ subject: '1', username: 'alice', password: 'alice', claims: { role: ['admin'] } }],
})

const resources = defineResources({
  apiScopes: ['read'],
  apiResources: [{ name: 'urn:api', scopes: ['read'] }],
})

export const shared = defineConfiguration({
  ...resources,
  clients: [{ ...client, allowedScopes: ['read'], allowedResources: ['urn:api'] }],
})

export const sharedUnknown = defineConfiguration({
  ...resources,
  // @ts-expect-error -- a client names a scope that the shared definitions do not declare
  clients: [{ ...client, allowedScopes: ['write'] }],
})

export const unknownScope = defineConfiguration({
  apiScopes: ['read'],
  // @ts-expect-error -- a client names an undeclared scope
  clients: [{ ...client, allowedScopes: ['write'] }],
})

export const unknownDefaultScope = defineConfiguration({
  apiScopes: ['read'],
  // @ts-expect-error -- a client would get an undeclared scope by default
  clients: [{ ...client, defaultScopes: ['write'] }],
})

export const unknownResource = defineConfiguration({
  apiResources: [{ name: 'urn:api' }],
  // @ts-expect-error -- a client names an undeclared API resource
  clients: [{ ...client, allowedResources: ['urn:other'] }],
})

export const unknownApiScope = defineConfiguration({
  apiScopes: ['read'],
  // @ts-expect-error -- an API resource lists an undeclared scope
  apiResources: [{ name: 'urn:api', scopes: ['write'] }],
  clients: [],
})

export const code = defineConfiguration({
  clients: [],
  // @ts-expect-error -- a function is no part of a configuration file
  now: () => 0,
})

export const noPassword = defineConfiguration({
  clients: [],
  // @ts-expect-error -- a user has no password
  users: [{ subject: '1', username: 'alice' }],
})

// @ts-expect-error -- clients are missing
export const noClients = defineConfiguration({ apiScopes: ['read'] })
