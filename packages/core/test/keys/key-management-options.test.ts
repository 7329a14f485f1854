import { describe, expect, it } from 'vitest'
import type { Client, KeyManagementOptions } from '../../src/index.js'
import { problemsOf } from '../support/problems.js'
import { client } from '../support/server.js'

const problemsWith = (keyManagement: KeyManagementOptions, changes: Partial<Client> = {}) =>
  problemsOf({ signingKeys: [], keyManagement, clients: [{ ...client, ...changes }] })

describe('the check of keyManagement', () => {
  it.each<[string, KeyManagementOptions]>([
    ['nothing', {}],
    ['the shortest propagation', { propagationTime: 62, cacheDuration: 60 }],
    ['the shortest retention', { retentionDuration: 3600 + 60 + 300 }],
    ['the shortest rotation', { rotationInterval: 1_209_601 }],
  ])('accepts %s', (_, keyManagement) => {
    expect(problemsWith(keyManagement)).toEqual([])
  })

  it.each<[string, KeyManagementOptions, Partial<Client>, RegExp]>([
    ['0', { cacheDuration: 0 }, {}, /^keyManagement.cacheDuration: a whole number of seconds/],
    [
      'a fraction',
      { rotationInterval: 0.5 },
      {},
      /^keyManagement.rotationInterval: a whole number/,
    ],
    [
      'a key that signs before everybody has seen it',
      { propagationTime: 61, cacheDuration: 60 },
      {},
      /^keyManagement.propagationTime: a key would sign before everybody has seen it/,
    ],
    [
      'a rotation before its successor is announced',
      { rotationInterval: 1_209_600 },
      {},
      /^keyManagement.rotationInterval: a key would be replaced before .* 1209600 seconds/,
    ],
    [
      'access tokens that outlive their key',
      { retentionDuration: 3959 },
      {},
      /^keyManagement.retentionDuration: .* clients\[0\].accessTokenLifetime is 3600, which needs 3960 at least$/,
    ],
    [
      'ID tokens that outlive their key',
      {},
      { identityTokenLifetime: 1_209_600 },
      /clients\[0\].identityTokenLifetime is 1209600, which needs 1209960 at least$/,
    ],
  ])('finds %s', (_, keyManagement, changes, problem) => {
    expect(problemsWith(keyManagement, changes)).toEqual([expect.stringMatching(problem)])
  })

  it('does not mind lifetimes where signingKeys are given', () => {
    const clients = [{ ...client, accessTokenLifetime: 99_999_999 }]
    expect(problemsOf({ clients })).toEqual([])
    expect(problemsOf({ clients, signingKeys: [] })).toHaveLength(1)
  })
})
