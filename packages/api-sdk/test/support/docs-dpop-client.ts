import { hash, randomUUID } from 'node:crypto'
import { exportJWK, SignJWT } from 'jose'
import type { CryptoKey } from 'jose'

interface KeyPair {
  readonly publicKey: CryptoKey
  readonly privateKey: CryptoKey
}

/** Gets a resource with a token that is bound to a key, and once more with a nonce if the API wants one. */
export async function getWithProof(
  url: string,
  token: string,
  { publicKey, privateKey }: KeyPair,
): Promise<Response> {
  const jwk = await exportJWK(publicKey)
  const ath = hash('sha256', token, 'base64url')
  const get = async (nonce?: string): Promise<Response> => {
    const claims = { htm: 'GET', htu: url, jti: randomUUID(), ath, nonce }
    const proof = await new SignJWT(claims)
      .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk })
      .setIssuedAt()
      .sign(privateKey)
    return fetch(url, { headers: { authorization: `DPoP ${token}`, dpop: proof } })
  }
  const response = await get()
  const nonce = response.headers.get('dpop-nonce')
  return response.status === 401 && nonce !== null ? get(nonce) : response
}
