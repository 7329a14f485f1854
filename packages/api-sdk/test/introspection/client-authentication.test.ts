import { exportJWK, generateKeyPair, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import type { AccessTokenAlgorithm, PrivateJwk } from '../../src/index.js'
import { createReferenceWorld, opaque } from '../support/reference-world.js'
import { issuer, now, resource } from '../support/test-issuer.js'

async function createPrivateKey(alg: AccessTokenAlgorithm) {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
  const jwk: PrivateJwk = { ...(await exportJWK(privateKey)), alg, kid: 'of the API' }
  return { jwk, publicKey }
}

const formOf = (init: RequestInit | undefined): URLSearchParams =>
  new URLSearchParams(typeof init?.body === 'string' ? init.body : '')

const isAuthorized = (init: RequestInit | undefined): boolean =>
  new Headers(init?.headers).has('authorization')

describe('N16 private_key_jwt', () => {
  it.each(['ES256', 'ES512', 'RS256', 'PS256', 'EdDSA', 'Ed25519'] as const)(
    'is an assertion for the issuer with %s',
    async (alg) => {
      const { jwk, publicKey } = await createPrivateKey(alg)
      const world = createReferenceWorld({}, { clientAuth: { privateKey: jwk } })
      expect(await world.outcome(opaque)).toBe('alice')
      const { client_assertion: assertion = '', ...others } = Object.fromEntries(
        formOf(world.calls[0]),
      )
      expect(others).toEqual({
        token: opaque,
        token_type_hint: 'access_token',
        client_id: resource,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      })
      expect(isAuthorized(world.calls[0])).toBe(false)
      const currentDate = new Date(now * 1000)
      const { payload, protectedHeader } = await jwtVerify(assertion, publicKey, { currentDate })
      expect(protectedHeader).toEqual({ alg, kid: 'of the API' })
      expect(payload).toEqual({
        iss: resource,
        sub: resource,
        aud: issuer,
        iat: now,
        exp: now + 60,
        jti: expect.stringMatching(/^[\w-]{36}$/) as string,
      })
    },
  )

  it('is another assertion for each request, by another name if that is said', async () => {
    const { jwk, publicKey } = await createPrivateKey('ES256')
    const { kid: _, ...nameless } = jwk
    const clientAuth = { id: 'the-api', privateKey: nameless as PrivateJwk }
    const world = createReferenceWorld({}, { clientAuth })
    for (const token of ['a', 'b', 'c']) {
      await world.outcome(token)
      world.pass(1)
    }
    const currentDate = new Date(now * 1000)
    const assertions = await Promise.all(
      world.calls.map(async (call) => {
        const assertion = formOf(call).get('client_assertion') ?? ''
        return jwtVerify(assertion, publicKey, { currentDate, subject: 'the-api' })
      }),
    )
    expect(new Set(assertions.map(({ payload }) => payload.jti)).size).toBe(3)
    expect(assertions.map(({ payload }) => payload.iat)).toEqual([now, now + 1, now + 2])
    expect(assertions[0]?.protectedHeader).toEqual({ alg: 'ES256' })
  })

  it('tells nobody the key', async () => {
    const { jwk } = await createPrivateKey('ES256')
    const world = createReferenceWorld({}, { clientAuth: { privateKey: jwk } })
    world.answerWith(() => new Response('', { status: 401 }))
    const error: unknown = await world.api.verify(opaque).catch((thrown: unknown) => thrown)
    const told = JSON.stringify([world.events, String(error), error, world.calls])
    expect(told).toContain('introspection_credentials_rejected')
    expect(told).not.toContain(jwk.d)
  })
})

it('client_secret_post sends name and secret in the form alone', async () => {
  const clientAuth = { secret: 'a+b &c', method: 'client_secret_post' } as const
  const world = createReferenceWorld({}, { clientAuth })
  expect(await world.outcome(opaque)).toBe('alice')
  expect(Object.fromEntries(formOf(world.calls[0]))).toMatchObject({
    client_id: resource,
    client_secret: 'a+b &c',
  })
  expect(isAuthorized(world.calls[0])).toBe(false)
})
