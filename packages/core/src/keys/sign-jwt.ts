import { constants, sign } from 'node:crypto'
import type { KeyObject, SignKeyObjectInput } from 'node:crypto'
import { promisify } from 'node:util'
import type { SigningAlgorithm } from '@bailiwick/protocol'

interface SignatureScheme extends Omit<SignKeyObjectInput, 'key'> {
  readonly digest: string | undefined
}

/** How each algorithm signs (RFC 7518 sections 3.3 to 3.5, RFC 8037 section 3.1). */
const schemes = {
  RS256: { digest: 'sha256', padding: constants.RSA_PKCS1_PADDING },
  PS256: {
    digest: 'sha256',
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
  },
  ES256: { digest: 'sha256', dsaEncoding: 'ieee-p1363' },
  EdDSA: { digest: undefined },
} as const satisfies Record<SigningAlgorithm, SignatureScheme>

const signBytes = promisify(sign)

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url')

/** The header of a JWT that this server signs. */
export interface JwtHeader {
  readonly alg: SigningAlgorithm
  readonly kid: string
  readonly typ: string
}

/**
 * Signs a JWT (RFC 7519 section 7.1) off the main thread. It goes to `node:crypto` directly: jose has to go through Web
 * Crypto, which made the token endpoint a quarter slower for ES256. `bench` shows both.
 */
export async function signJwt(
  header: JwtHeader,
  claims: Readonly<Record<string, unknown>>,
  key: KeyObject,
): Promise<string> {
  const { digest, ...scheme }: SignatureScheme = schemes[header.alg]
  const input = `${encode(header)}.${encode(claims)}`
  const signature = await signBytes(digest, Buffer.from(input), { key, ...scheme })
  return `${input}.${signature.toString('base64url')}`
}
