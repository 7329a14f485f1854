import type { SigningKeyJwk } from '@bailiwick/core'
import { signingAlgorithms } from '@bailiwick/protocol'
import { z } from 'zod'
import type { Members } from './members.js'

const text = (description: string): z.ZodExactOptional<z.ZodString> =>
  z.string().exactOptional().meta({ description })

const otherPrime = z.strictObject({
  r: text('The prime factor.'),
  d: text('The exponent of the factor.'),
  t: text('The coefficient of the factor.'),
})

const members = {
  alg: z.enum(signingAlgorithms).meta({ description: 'The algorithm it signs with.' }),
  kid: text(
    'The name of the key in tokens and in the JWK Set. Default: its thumbprint (RFC 7638).',
  ),
  kty: text('The type of the key: RSA, EC or OKP.'),
  use: text('What the key is for: sig.'),
  key_ops: z.array(z.string()).exactOptional().meta({ description: 'What the key is for.' }),
  ext: z.boolean().exactOptional().meta({ description: 'Whether it may be exported.' }),
  crv: text('The curve of an EC or OKP key.'),
  x: text('The public key of an OKP key, or the x coordinate of an EC key.'),
  y: text('The y coordinate of an EC key.'),
  d: text('The private key of an EC or OKP key, or the private exponent of an RSA key.'),
  n: text('The modulus of an RSA key.'),
  e: text('The public exponent of an RSA key.'),
  p: text('The first prime factor of an RSA key.'),
  q: text('The second prime factor of an RSA key.'),
  dp: text('The exponent of the first factor of an RSA key.'),
  dq: text('The exponent of the second factor of an RSA key.'),
  qi: text('The coefficient of the first factor of an RSA key.'),
  oth: z
    .array(otherPrime)
    .exactOptional()
    .meta({ description: 'Further prime factors of an RSA key.' }),
  k: text('The value of a symmetric key, which cannot sign tokens.'),
  pub: text('The public key of an AKP key, which cannot sign tokens.'),
  priv: text('The private key of an AKP key, which cannot sign tokens.'),
  x5c: z
    .array(z.string())
    .exactOptional()
    .meta({ description: 'The certificate of the key and those above it.' }),
  x5t: text('The SHA-1 thumbprint of the certificate.'),
  'x5t#S256': text('The SHA-256 thumbprint of the certificate.'),
  x5u: text('The URL of the certificate.'),
} satisfies Members<SigningKeyJwk>

/** The schema of a key to sign with. Unlike all others it leaves unknown members alone, as RFC 7517 section 4 demands. */
export const signingKeySchema = z
  .looseObject(members)
  .meta({ id: 'SigningKey', description: 'A private key, as a JWK (RFC 7517).' })
