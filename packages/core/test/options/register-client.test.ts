import { describe, expect, it } from 'vitest'
import {
  clientDefaults,
  refreshTokenDefaults,
  registerClient,
} from '../../src/options/register-client.js'
import type { Client } from '../../src/index.js'

const client: Client = { clientId: 'web', allowedGrantTypes: ['authorization_code'] }

/** The client with members that are there and undefined, as a setting that nobody has made is. */
const withUndefined = (...names: readonly string[]): Client => ({
  ...client,
  ...Object.fromEntries(names.map((name) => [name, undefined])),
})

describe('a client that is registered', () => {
  it.each([
    ...Object.keys(clientDefaults),
    ...Object.keys(refreshTokenDefaults.confidential),
    'allowedResources',
    'consentLifetime',
  ])('has the default for %s that is undefined', (name) => {
    expect(registerClient(withUndefined(name))).toEqual(registerClient(client))
  })

  it('needs its secret and PKCE unless they are switched off', () => {
    const registered = registerClient(withUndefined('requireClientSecret', 'requirePkce'))
    expect(registered).toMatchObject({ isConfidential: true, requirePkce: true })
    const open = { requireClientSecret: false, requirePkce: false } as const
    expect(registerClient({ ...client, ...open })).toMatchObject({
      isConfidential: false,
      requirePkce: false,
    })
  })
})
