import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { fitsAlgorithm, isSigningAlgorithm, signingAlgorithms } from '@bailiwick/protocol'
import type { ConfigurationProblem, SigningAlgorithm } from '@bailiwick/protocol'
import type { JWK } from 'jose'

/** A private key to sign tokens with, as a JWK (RFC 7517). */
export interface SigningKeyJwk extends JWK {
  readonly alg: SigningAlgorithm
  /**
   * The name of the key in tokens and in the JWK Set.
   *
   * @defaultValue its thumbprint (RFC 7638)
   */
  readonly kid?: string
}

const smallestRsaModulus = 2048

function keyFault(jwk: SigningKeyJwk): string | undefined {
  if (!isSigningAlgorithm(jwk.alg)) return `its alg is none of ${signingAlgorithms.join(', ')}`
  if (!fitsAlgorithm(jwk, jwk.alg)) return `a key of its type does not sign with ${jwk.alg}`
  let key: KeyObject
  try {
    key = createPrivateKey({ key: { ...jwk }, format: 'jwk' })
  } catch {
    return 'it is no private key in JWK form (RFC 7517)'
  }
  const { modulusLength = smallestRsaModulus } = key.asymmetricKeyDetails ?? {}
  if (modulusLength >= smallestRsaModulus) return undefined
  return `its modulus has ${modulusLength} bits: at least ${smallestRsaModulus} are needed (RFC 7518 section 3.3)`
}

/** What tells a key from others in a JWK Set: its name, or else the public part that its thumbprint is made of. */
const identityOf = ({ kid, n, x }: SigningKeyJwk): string | undefined => kid ?? n ?? x

/** Finds keys that cannot sign or cannot be told apart. No part of a key is repeated. */
export function checkSigningKeys(keys: readonly SigningKeyJwk[]): readonly ConfigurationProblem[] {
  const identities = keys.map(identityOf)
  return keys.flatMap((jwk, index) => {
    const first = identities.indexOf(identityOf(jwk))
    const message =
      first === index ? keyFault(jwk) : `it has the same kid as signingKeys[${first}]: name one`
    return message === undefined ? [] : [{ path: `signingKeys[${index}]`, message }]
  })
}

function generateKeyObject(algorithm: SigningAlgorithm): KeyObject {
  switch (algorithm) {
    case 'RS256':
    case 'PS256':
      return generateKeyPairSync('rsa', { modulusLength: smallestRsaModulus }).privateKey
    case 'ES256':
      return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
    case 'EdDSA':
      return generateKeyPairSync('ed25519').privateKey
  }
}

/** Makes a key that lives as long as this process: for development, tests and the demo. */
export function generateSigningKey(alg: SigningAlgorithm): SigningKeyJwk {
  return { ...generateKeyObject(alg).export({ format: 'jwk' }), alg }
}
