import fc from 'fast-check'
import { CompactSign, createLocalJWKSet, importJWK, jwtVerify, SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { generateSigningKey } from '../../src/index.js'
import { createTokenSigner } from '../../src/keys/token-signer.js'
import { createJwtVerifier } from '../../src/keys/verify-jwt.js'
import { signOwn } from '../support/own-tokens.js'
import { signingKeys } from '../support/server.js'

const signer = createTokenSigner(signingKeys)
const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA'] as const
const claims = { iss: 'https://id.example.com', sub: 'ü', exp: 1 }
const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url')

/** A token of ours, with one of its three parts replaced. */
async function tamper(part: 0 | 1 | 2, replace: (old: string) => string): Promise<string> {
  const token = await signer.sign({ typ: 'JWT', algorithm: 'EdDSA', claims })
  return token
    .split('.')
    .map((old, index) => (index === part ? replace(old) : old))
    .join('.')
}

describe('verifying our own tokens', () => {
  it.each(algorithms)('accepts what it signed with %s, whatever its claims say', async (alg) => {
    const token = await signer.sign({ typ: 'at+jwt', algorithm: alg, claims })
    const verified = await signer.verify(token)
    expect(verified?.claims).toEqual(claims)
    expect(verified?.header).toMatchObject({ alg, typ: 'at+jwt' })
    const keySet = createLocalJWKSet({ keys: [...(await signer.jwks()).keys] })
    const { payload } = await jwtVerify(token, keySet, { currentDate: new Date(0) })
    expect(payload).toEqual(claims)
  })

  it('accepts a token of every published key, not only of the one that signs now', async () => {
    const [first, second] = [generateSigningKey('ES256'), generateSigningKey('ES256')]
    const token = await createTokenSigner([second]).sign({ typ: 'x', algorithm: 'ES256', claims })
    expect((await createTokenSigner([first, second]).verify(token))?.claims).toEqual(claims)
    expect(await createTokenSigner([first]).verify(token)).toBeUndefined()
  })

  it.each<[string, () => Promise<string>]>([
    ['another payload', () => tamper(1, () => encode({ ...claims, sub: 'eve' }))],
    ['another header', () => tamper(0, () => encode({ alg: 'EdDSA', typ: 'at+jwt' }))],
    ['no signature', () => tamper(2, () => '')],
    ['no algorithm', () => tamper(0, () => encode({ alg: 'none' }))],
    ['no base64', () => tamper(2, () => '%')],
    ['two parts', async () => 'a.b'],
    ['nothing', async () => ''],
    ['a key of somebody else', () => signOwn(claims, {}, generateSigningKey('EdDSA'))],
    [
      'the public key as a secret (RFC 8725 section 2.1)',
      async () =>
        new SignJWT(claims)
          .setProtectedHeader({ alg: 'HS256' })
          .sign(Buffer.from(JSON.stringify((await signer.jwks()).keys[0]))),
    ],
    [
      'the key of one algorithm used for another',
      async () => {
        const kid = (await signer.jwks()).keys[0]?.kid
        return new SignJWT(claims)
          .setProtectedHeader({ alg: 'PS256', ...(kid !== undefined && { kid }) })
          .sign(await importJWK(signingKeys[0], 'PS256'))
      },
    ],
    [
      'a key that the token brings itself',
      async () => {
        const jwk = generateSigningKey('EdDSA')
        const { d: _, ...publicJwk } = jwk
        return new SignJWT(claims)
          .setProtectedHeader({ alg: 'EdDSA', jwk: publicJwk })
          .sign(await importJWK(jwk, 'EdDSA'))
      },
    ],
    [
      'a critical header that nobody knows (RFC 7515 section 4.1.11)',
      async () =>
        new SignJWT(claims)
          .setProtectedHeader({ alg: 'EdDSA', crit: ['x'], x: 1 })
          .sign(await importJWK(signingKeys[3], 'EdDSA'), { crit: { x: true } }),
    ],
  ])('takes nothing with %s', async (_, make) => {
    expect(await signer.verify(await make())).toBeUndefined()
  })

  it('takes no list for claims', async () => {
    const list = ['iss'] as unknown as Record<string, unknown>
    const token = await signer.sign({ typ: 'JWT', algorithm: 'EdDSA', claims: list })
    expect(await signer.verify(token)).toBeUndefined()
  })

  it('takes no text for claims', async () => {
    const token = await new CompactSign(new TextEncoder().encode('no JSON'))
      .setProtectedHeader({ alg: 'EdDSA' })
      .sign(await importJWK(signingKeys[3], 'EdDSA'))
    expect(await signer.verify(token)).toBeUndefined()
  })

  it('blames no token for a key that is no good', async () => {
    const token = await signer.sign({ typ: 'JWT', algorithm: 'ES256', claims })
    const keys = (await signer.jwks()).keys.map((key) =>
      key.kty === 'EC' ? { ...key, x: 'AA' } : key,
    )
    await expect(createJwtVerifier(keys)(token)).rejects.toMatchObject({ name: 'DataError' })
  })

  it('gives an answer, whatever it is given', async () => {
    const token = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.base64String(), { minLength: 3, maxLength: 3 }).map((parts) => parts.join('.')),
      fc.json().map((header) => `${Buffer.from(header).toString('base64url')}.e30.AA`),
    )
    await fc.assert(
      fc.asyncProperty(token, async (value) => {
        expect(await signer.verify(value)).toBeUndefined()
      }),
    )
  })
})
