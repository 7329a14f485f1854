import { X509Certificate } from 'node:crypto'
import { ConfigurationError } from '@bailiwick/protocol'
import {
  calculateJwkThumbprint,
  decodeJwt,
  decodeProtectedHeader,
  EmbeddedJWK,
  jwtVerify,
} from 'jose'
import { describe, expect, it } from 'vitest'
import { accessTokenAlgorithms, createResourceServer } from '../../src/index.js'
import type { ResourceServer, ResourceServerOptions } from '../../src/index.js'
import { createTestIssuer } from '../../src/testing.js'
import type { TestIssuer, TestIssuerOptions } from '../../src/testing.js'
import { certificate } from '../support/certificate.js'

const audience = 'urn:invoices'
const clientAuth = { secret: 'api secret' }

interface Tested {
  readonly issuer: TestIssuer
  readonly api: ResourceServer
  /** What becomes of a token: the subject, or why it is refused. */
  readonly outcome: (token: string) => Promise<string | undefined>
}

async function start(
  options: Partial<TestIssuerOptions> = {},
  more: Partial<ResourceServerOptions> = {},
): Promise<Tested> {
  const issuer = await createTestIssuer({ audience, ...options })
  const { issuerOptions: issuers, fetch, now } = issuer
  const api = createResourceServer({ resource: audience, issuers, fetch, now, ...more })
  return {
    issuer,
    api,
    outcome: async (token) => {
      const headers = { authorization: `Bearer ${token}` }
      const result = await api.authenticate({ method: 'GET', url: '/', headers })
      return result.ok ? result.auth.subject : result.error.reason
    },
  }
}

describe('createTestIssuer', () => {
  it('makes tokens that are valid for its API, with keys that are found through its metadata', async () => {
    const { issuer, api, outcome } = await start()
    await api.ready()
    expect(await outcome(await issuer.token())).toBe('alice')
    expect(issuer.requests).toEqual([
      {
        method: 'GET',
        url: 'https://issuer.example/.well-known/openid-configuration',
        endpoint: 'metadata',
      },
      { method: 'GET', url: 'https://issuer.example/jwks', endpoint: 'jwks' },
    ])
  })

  it.each(accessTokenAlgorithms)('signs with %s', async (algorithm) => {
    const { issuer, outcome } = await start({ algorithm })
    expect(await outcome(await issuer.token())).toBe('alice')
  })

  it.each(['https://issuer.example/', 'https://issuer.example/a', 'http://127.0.0.1:5001'])(
    'is found as %s',
    async (name) => {
      const { issuer, outcome } = await start({ issuer: name })
      expect(await outcome(await issuer.token())).toBe('alice')
    },
  )

  it('serves its metadata also where RFC 8414 puts them', async () => {
    const { fetch } = await createTestIssuer({ audience, issuer: 'https://issuer.example/a' })
    const url = 'https://issuer.example/.well-known/oauth-authorization-server/a'
    expect(await (await fetch(url, {})).json()).toMatchObject({
      issuer: 'https://issuer.example/a',
    })
  })

  it('changes claims and header parameters, adds them, and leaves them out', async () => {
    const issuer = await createTestIssuer({ audience, claims: { tenant_id: 'a', plan: 'pro' } })
    const token = await issuer.token(
      { sub: 'bob', plan: 'free', jti: undefined },
      { header: { typ: 'JWT', kid: undefined, jku: 'https://evil.example' } },
    )
    expect(decodeProtectedHeader(token)).toEqual({
      typ: 'JWT',
      alg: 'ES256',
      jku: 'https://evil.example',
    })
    const claims = decodeJwt(token)
    expect(claims).toMatchObject({ sub: 'bob', tenant_id: 'a', plan: 'free', aud: audience })
    expect(claims).not.toHaveProperty('jti')
    expect(claims).not.toHaveProperty('cnf')
  })

  it('signs exactly what it is told to', async () => {
    const issuer = await createTestIssuer({ audience })
    const [header, payload] = issuer.sign('{"alg":"none"}', new Uint8Array([0xff])).split('.')
    expect(Buffer.from(header ?? '', 'base64url').toString()).toBe('{"alg":"none"}')
    expect([...Buffer.from(payload ?? '', 'base64url')]).toEqual([0xff])
  })

  it('makes ID tokens, which the API refuses', async () => {
    const { issuer, outcome } = await start()
    const token = await issuer.idToken({ aud: audience })
    expect(decodeJwt(token)).toMatchObject({ iss: issuer.issuer, aud: audience, sub: 'alice' })
    expect(await outcome(token)).toBe('wrong_type')
    expect(decodeJwt(await issuer.idToken())).toMatchObject({ aud: 'web' })
  })

  it('lets time pass', async () => {
    const { issuer, outcome } = await start()
    const token = await issuer.token()
    issuer.pass(329)
    expect(await outcome(token)).toBe('alice')
    issuer.pass(2)
    expect(await outcome(token)).toBe('expired')
    expect(await outcome(await issuer.token())).toBe('alice')
  })

  it('begins at the time it is told', async () => {
    const issuer = await createTestIssuer({ audience, now: () => 1_800_000_000.5 })
    issuer.pass(10)
    expect(issuer.now()).toBe(1_800_000_010.5)
    expect(decodeJwt(await issuer.token())).toMatchObject({
      iat: 1_800_000_010,
      exp: 1_800_000_310,
    })
  })

  it('W03 W08 rotates its key', async () => {
    const { issuer, outcome } = await start()
    const before = await issuer.token()
    expect(await outcome(before)).toBe('alice')
    await issuer.rotateKeys()
    const after = await issuer.token()
    expect(await outcome(after)).toBe('unknown_key')
    issuer.pass(30)
    expect(await outcome(after)).toBe('alice')
    expect(await outcome(before)).toBe('unknown_key')
  })

  it('W07 goes down and comes back', async () => {
    const { issuer, outcome } = await start()
    issuer.goDown()
    expect(await outcome(await issuer.token())).toBe('keys_unavailable')
    expect(issuer.requests).toHaveLength(1)
    issuer.comeBack()
    issuer.pass(1)
    expect(await outcome(await issuer.token())).toBe('alice')
  })

  it('lets nothing else be fetched, and remembers that it was asked for', async () => {
    const issuer = await createTestIssuer({ audience })
    const url = 'https://evil.example/jwks'
    await expect(issuer.fetch(url, { method: 'POST' })).rejects.toThrow(
      'there is nothing at https://evil.example/jwks',
    )
    expect(issuer.requests).toEqual([{ method: 'POST', url, endpoint: undefined }])
  })
})

describe('reference tokens of a test issuer', () => {
  it('are active until they are revoked and the API asks again', async () => {
    const { issuer, outcome } = await start({ clientAuth })
    const token = issuer.reference({ sub: 'bob' })
    expect(await outcome(token)).toBe('bob')
    issuer.revoke(token)
    expect(await outcome(token)).toBe('bob')
    issuer.pass(60)
    expect(await outcome(token)).toBe('inactive')
    expect(issuer.requests.filter(({ endpoint }) => endpoint === 'introspection')).toHaveLength(2)
  })

  it('say what they are told to', async () => {
    const { issuer, outcome } = await start({ clientAuth })
    expect(await outcome(issuer.reference({ aud: 'urn:payments' }))).toBe('wrong_audience')
    expect(await outcome(issuer.reference({ active: 'yes' }))).toBe(
      'invalid_introspection_response',
    )
    expect(await outcome('unknown')).toBe('inactive')
  })

  it('are known beside JWTs to an API that asks about all', async () => {
    const { issuer, outcome } = await start({ clientAuth }, { tokens: 'introspection' })
    const token = await issuer.token({ sub: 'bob' })
    expect(await outcome(token)).toBe('bob')
    issuer.revoke(token)
    issuer.pass(60)
    expect(await outcome(token)).toBe('inactive')
  })

  it('are told only to an API that says who it is', async () => {
    const issuers = { issuer: 'https://issuer.example', clientAuth: { secret: 'other' } }
    const { issuer, outcome } = await start({ clientAuth }, { issuers })
    expect(await outcome(issuer.reference())).toBe('introspection_credentials_rejected')
    const closed = await start({}, { issuers })
    expect(await closed.outcome('opaque')).toBe('introspection_credentials_rejected')
  })

  it('are told to an API with a name of its own', async () => {
    const { issuer, outcome } = await start({ clientAuth: { ...clientAuth, id: 'a:b' } })
    expect(await outcome(issuer.reference())).toBe('alice')
  })

  it('are told to an API that says so in the form', async () => {
    const inForm = { secret: 'a secret', method: 'client_secret_post' } as const
    const { issuer, outcome } = await start({ clientAuth: inForm })
    expect(await outcome(issuer.reference())).toBe('alice')
  })

  it('are not to be had for an API that cannot ask', async () => {
    const { issuer } = await start()
    expect(() => issuer.reference()).toThrow(ConfigurationError)
  })
})

describe('tokens of a test issuer that are bound', () => {
  it('name the key of their client, which signs proofs', async () => {
    const issuer = await createTestIssuer({ audience, clientAuth })
    const key = await issuer.dpopKey()
    const token = await issuer.token({}, { bind: key })
    expect(decodeJwt(token)['cnf']).toEqual({ jkt: await calculateJwkThumbprint(key.jwk) })

    const url = 'https://api.example.com/invoices?page=2#top'
    const proof = await key.proof({ method: 'GET', url, token, nonce: 'n' })
    const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, { typ: 'dpop+jwt' })
    expect(protectedHeader.jwk).toEqual(key.jwk)
    expect(payload).toEqual({
      jti: expect.stringMatching(/^.{36}$/),
      htm: 'GET',
      htu: 'https://api.example.com/invoices',
      iat: expect.closeTo(issuer.now(), -1),
      ath: expect.stringMatching(/^[\w-]{43}$/),
      nonce: 'n',
    })
  })

  it('have proofs in which anything can be changed', async () => {
    const issuer = await createTestIssuer({ audience })
    const key = await issuer.dpopKey('PS256')
    const proof = await key.proof({
      method: 'GET',
      url: 'https://api.example.com/',
      claims: { htm: 'POST', jti: undefined },
      header: { typ: 'JWT', jwk: undefined },
    })
    expect(decodeProtectedHeader(proof)).toEqual({ typ: 'JWT', alg: 'PS256' })
    expect(Object.keys(decodeJwt(proof))).toEqual(['htm', 'htu', 'iat'])
  })

  it('name the certificate of their client (RFC 8705 section 3.1)', async () => {
    const issuer = await createTestIssuer({ audience })
    const token = await issuer.token({}, { bind: new X509Certificate(certificate.pem) })
    expect(decodeJwt(token)['cnf']).toEqual({ 'x5t#S256': certificate.thumbprint })
  })
})
