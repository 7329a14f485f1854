import { constants, createSign, generateKeyPairSync, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { createLocalJWKSet, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import type { ServerEvent, Signer } from '../../src/index.js'
import { publishedKeys } from '../support/keys.js'
import { problemsOf } from '../support/problems.js'
import { bodyOf, now, post, requestToken, signingKeys, testServer } from '../support/server.js'

const generate = {
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  EdDSA: () => generateKeyPairSync('ed25519'),
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  PS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
}

const signBytes = {
  ES256: (key: KeyObject, input: Uint8Array) =>
    sign('sha256', input, { key, dsaEncoding: 'ieee-p1363' }),
  EdDSA: (key: KeyObject, input: Uint8Array) => sign(undefined, input, key),
  RS256: (key: KeyObject, input: Uint8Array) => sign('sha256', input, key),
  PS256: (key: KeyObject, input: Uint8Array) =>
    sign('sha256', input, {
      key,
      padding: constants.RSA_PKCS1_PSS_PADDING,
      saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
    }),
}

/** Passes for a hardware security module: a key that nobody outside of this function can reach. */
function createModule(alg: keyof typeof generate): Signer {
  const { privateKey, publicKey } = generate[alg]()
  return {
    alg,
    publicJwk: publicKey.export({ format: 'jwk' }),
    sign: async (input) => signBytes[alg](privateKey, input),
  }
}

const module = createModule('ES256')

describe('a signer that holds its key elsewhere', () => {
  it.each(['ES256', 'EdDSA', 'RS256', 'PS256'] as const)('signs tokens with %s', async (alg) => {
    const server = testServer({ signingKeys: [createModule(alg)] })
    const { response, header } = await requestToken(server)
    const keys = await publishedKeys(server)
    expect(header).toMatchObject({ alg, kid: keys[0]?.kid })
    expect(keys).toMatchObject([{ alg, use: 'sig' }])
    await jwtVerify(String(response['access_token']), createLocalJWKSet({ keys: [...keys] }), {
      currentDate: new Date(now * 1000),
    })
  })

  it('stands beside keys that are given as JWKs, under the name that it has', async () => {
    const server = testServer({ signingKeys: [{ ...module, kid: 'slot-1' }, signingKeys[0]] })
    expect((await requestToken(server)).header.kid).toBe('slot-1')
    expect((await publishedKeys(server)).map(({ alg }) => alg)).toEqual(['ES256', 'RS256'])
    expect((await server.keys.list()).map(({ status }) => status)).toEqual(['signing', 'signing'])
  })

  it('may be an object that knows itself', async () => {
    class CloudKey implements Signer {
      readonly alg = 'ES256'
      readonly publicJwk = module.publicJwk
      readonly #remote = module
      sign(input: Uint8Array): Promise<Uint8Array> {
        return this.#remote.sign(input)
      }
    }
    const { header } = await requestToken(testServer({ signingKeys: [new CloudKey()] }))
    expect(header.alg).toBe('ES256')
  })

  const { privateKey } = generate.ES256()

  it.each<[string, Signer['sign']]>([
    [
      'fails',
      async () => {
        throw new Error('CKR_DEVICE_REMOVED')
      },
    ],
    ['signs with another key', async (input) => signBytes.ES256(privateKey, input)],
    ['signs something else', async () => module.sign(Buffer.from('other'))],
    ['answers with DER', async (input) => createSign('sha256').update(input).sign(privateKey)],
    ['answers with nothing', async () => new Uint8Array()],
    ['answers with what is no signature', async () => 'no bytes' as unknown as Uint8Array],
  ])('is 503 and no token when it %s', async (_, signIt) => {
    const events: ServerEvent[] = []
    const server = testServer({
      signingKeys: [{ ...module, sign: signIt }],
      onEvent: (event) => void events.push(event),
    })
    const response = await post(server, { grant_type: 'client_credentials' })
    expect(response.status).toBe(503)
    expect(response.headers['retry-after']).toBe('5')
    expect(bodyOf(response)).toEqual({
      error: 'temporarily_unavailable',
      error_description: 'the key that signs tokens cannot be used at the moment',
    })
    expect(events).toMatchObject([{ type: 'server_error', cause: expect.any(Error) as Error }])
  })

  it.each<[string, Partial<Signer>, string]>([
    [
      'an algorithm that does not exist',
      { alg: 'HS256' as 'ES256' },
      'its alg is none of RS256, PS256, ES256, EdDSA',
    ],
    ['a key of another type', { alg: 'EdDSA' }, 'a key of its type does not sign with EdDSA'],
    [
      'a private key in place of the public one',
      { publicJwk: privateKey.export({ format: 'jwk' }) },
      'its publicJwk holds a private member: leave out everything but the public key',
    ],
    [
      'a key that is none',
      { publicJwk: { ...module.publicJwk, x: 'AA' } },
      'its publicJwk is no public key in JWK form (RFC 7517)',
    ],
    [
      'a key that is too short',
      {
        alg: 'RS256',
        publicJwk: generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({
          format: 'jwk',
        }),
      },
      'its modulus has 1024 bits: at least 2048 are needed (RFC 7518 section 3.3)',
    ],
  ])('is refused at start with %s', (_, changes, problem) => {
    expect(problemsOf({ signingKeys: [{ ...module, ...changes }] })).toEqual([
      `signingKeys[0]: ${problem}`,
    ])
  })

  it('is refused at start under the name of another key', () => {
    expect(problemsOf({ signingKeys: [module, module] })).toEqual([
      'signingKeys[1]: it has the same kid as signingKeys[0]: name one',
    ])
  })
})
