import { describe, expect, it } from 'vitest'
import { defaultGrants, sha256 } from '../../src/index.js'
import type { Client, ClientAuthenticationMethod } from '../../src/index.js'
import rfcVectors from '../data/rfc-vectors.json' with { type: 'json' }
import { basic, bodyOf, client, now, post, testServer, userGrant } from '../support/server.js'

const form = { grant_type: 'client_credentials' }
const inBody = { ...form, client_id: 'client', client_secret: 'secret' }
const base64 = (text: string): string => Buffer.from(text).toString('base64')
const iso = (seconds: number): string => new Date(seconds * 1000).toISOString()

describe('client_secret_basic', () => {
  it('accepts the example of RFC 6749 section 2.3.1', async () => {
    const { client_id: clientId, client_secret: secret, header } = rfcVectors.basic_auth
    const server = testServer({
      clients: [{ ...client, clientId, clientSecrets: [{ value: sha256(secret) }] }],
    })
    expect((await post(server, form, { authorization: header })).status).toBe(200)
  })

  it('decodes id and secret from their form-urlencoded form', async () => {
    const secret = 'a:b %+&=ü'
    const server = testServer({
      clients: [
        { ...client, clientId: 'the client:1', clientSecrets: [{ value: sha256(secret) }] },
      ],
    })
    const plus = base64('the+client%3A1:a%3Ab+%25%2B%26%3D%C3%BC')
    expect((await post(server, form, { authorization: `basic ${plus}` })).status).toBe(200)
    expect(
      (await post(server, form, { authorization: basic('the client:1', secret) })).status,
    ).toBe(200)
  })

  it.each([
    ['a wrong secret', basic('client', 'wrong')],
    ['an unknown client', basic('unknown', 'secret')],
    ['an empty secret', basic('client', '')],
    ['no colon', `Basic ${base64('client')}`],
    ['a percent sign that encodes nothing', `Basic ${base64('client:%zz')}`],
    ['bytes that are no UTF-8', `Basic ${Buffer.from([0x63, 0x3a, 0xff]).toString('base64')}`],
    ['something that is no base64', 'Basic ???'],
    ['nothing after the scheme', 'Basic '],
  ])('answers %s with 401 and a challenge', async (_, authorization) => {
    const response = await post(testServer(), form, { authorization })
    expect(response.status).toBe(401)
    expect(bodyOf(response)['error']).toBe('invalid_client')
    expect(response.headers['www-authenticate']).toBe('Basic realm="token", charset="UTF-8"')
  })

  it('answers an unknown client exactly as a wrong secret', async () => {
    const answers = await Promise.all(
      [basic('client', 'wrong'), basic('unknown', 'wrong')].map((authorization) =>
        post(testServer(), form, { authorization }),
      ),
    )
    expect(answers[0]).toEqual(answers[1])
  })
})

describe('client_secret_post', () => {
  it('accepts id and secret in the body', async () => {
    expect((await post(testServer(), inBody, { authorization: null })).status).toBe(200)
  })

  it.each([
    ['a wrong secret', { client_secret: 'wrong' }],
    ['an unknown client', { client_id: 'unknown' }],
  ])('answers %s with 401 and no challenge', async (_, change) => {
    const response = await post(testServer(), { ...inBody, ...change }, { authorization: null })
    expect(response.status).toBe(401)
    expect(response.headers).not.toHaveProperty('www-authenticate')
  })

  it('needs a client id', async () => {
    const response = await post(testServer(), { ...inBody, client_id: '' }, { authorization: null })
    expect(bodyOf(response)).toEqual({
      error: 'invalid_request',
      error_description: 'client_id is missing',
    })
  })
})

describe('none', () => {
  const publicClient: Client = {
    clientId: 'public',
    requireClientSecret: false,
    allowedGrantTypes: ['urn:example:user'],
    allowedScopes: ['read'],
  }
  const server = testServer({
    clients: [publicClient, client],
    grants: [...defaultGrants, userGrant({ subject: 'bob' })],
  })
  const request = { grant_type: 'urn:example:user', client_id: 'public', scope: 'read' }

  it('lets a public client name itself', async () => {
    expect((await post(server, request, { authorization: null })).status).toBe(200)
  })

  it.each([
    ['a confidential client', { client_id: 'client' }],
    ['an unknown client', { client_id: 'unknown' }],
    ['a public client with a secret it does not have', { client_secret: 'secret' }],
  ])('refuses %s', async (_, change) => {
    const response = await post(server, { ...request, ...change }, { authorization: null })
    expect(response.status).toBe(401)
    expect(bodyOf(response)).toEqual({
      error: 'invalid_client',
      error_description: 'client authentication failed',
    })
  })
})

describe('client authentication', () => {
  it('is needed', async () => {
    const response = await post(testServer(), form, { authorization: null })
    expect(response.status).toBe(401)
    expect(bodyOf(response)['error_description']).toBe('client authentication is missing')
  })

  it.each([
    ['two methods at once', { client_id: 'client', client_secret: 'secret' }, /more than one way/],
    ['another client_id in the body', { client_id: 'other' }, /^client_id differs/],
  ])('refuses %s', async (_, change, description) => {
    const response = await post(testServer(), { ...form, ...change })
    expect(response.status).toBe(400)
    expect(bodyOf(response)['error_description']).toMatch(description)
  })

  it('accepts the same client_id in header and body', async () => {
    expect((await post(testServer(), { ...form, client_id: 'client' })).status).toBe(200)
  })

  it('does not find a disabled client', async () => {
    const server = testServer({ clients: [{ ...client, enabled: false }] })
    expect((await post(server, form)).status).toBe(401)
  })

  it.each([
    ['old', now, 401],
    ['old', now - 1, 200],
    ['new', now, 200],
    ['other', now, 401],
  ])('accepts several secrets until they expire: %s at %d', async (secret, time, status) => {
    const clientSecrets = [
      { value: sha256('old'), expiration: iso(now) },
      { value: sha256('new'), expiration: iso(now + 60) },
    ]
    const server = testServer({ clients: [{ ...client, clientSecrets }], now: () => time })
    const authorization = basic('client', secret)
    expect((await post(server, form, { authorization })).status).toBe(status)
  })

  it('does the same work for a client that does not exist', async () => {
    const seen: string[] = []
    const counting: ClientAuthenticationMethod = {
      name: 'counting',
      read: ({ parameters }) => ({
        clientId: parameters.get('client_id') ?? '',
        prove: ({ clientId, secrets }) => {
          seen.push(`${clientId}: ${secrets.length}`)
          return true
        },
      }),
    }
    const server = testServer({ clientAuthenticationMethods: [counting] })
    const ask = (client_id: string) => post(server, { ...form, client_id }, { authorization: null })
    expect((await ask('client')).status).toBe(200)
    expect((await ask('unknown')).status).toBe(401)
    expect(seen).toEqual(['client: 1', ': 1'])
  })
})
