import {
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  generateKeyPairSync,
} from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { fitsAlgorithm, isSigningAlgorithm, signingAlgorithms } from '@bailiwick/protocol'
import type { ConfigurationProblem, SigningAlgorithm } from '@bailiwick/protocol'
import type { JWK } from 'jose'
import { isSigner } from './signer.js'
import type { Signer } from './signer.js'

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

/** The members of JWKs that hold what must stay secret (RFC 7518 sections 6.2.2 and 6.3.2). */
const privateMembers: readonly (keyof JWK)[] = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

function modulusFault({ asymmetricKeyDetails = {} }: KeyObject): string | undefined {
  const { modulusLength = smallestRsaModulus } = asymmetricKeyDetails
  if (modulusLength >= smallestRsaModulus) return undefined
  return `its modulus has ${modulusLength} bits: at least ${smallestRsaModulus} are needed (RFC 7518 section 3.3)`
}

function jwkFault(jwk: SigningKeyJwk): string | undefined {
  let key: KeyObject
  try {
    key = createPrivateKey({ key: { ...jwk }, format: 'jwk' })
  } catch {
    return 'it is no private key in JWK form (RFC 7517)'
  }
  return modulusFault(key)
}

function signerFault({ publicJwk }: Signer): string | undefined {
  if (privateMembers.some((name) => publicJwk[name] !== undefined)) {
    return 'its publicJwk holds a private member: leave out everything but the public key'
  }
  let key: KeyObject
  try {
    key = createPublicKey({ key: { ...publicJwk }, format: 'jwk' })
  } catch {
    return 'its publicJwk is no public key in JWK form (RFC 7517)'
  }
  return modulusFault(key)
}

const jwkOf = (key: SigningKeyJwk | Signer): JWK => (isSigner(key) ? key.publicJwk : key)

function keyFault(key: SigningKeyJwk | Signer): string | undefined {
  if (!isSigningAlgorithm(key.alg)) return `its alg is none of ${signingAlgorithms.join(', ')}`
  if (!fitsAlgorithm(jwkOf(key), key.alg)) {
    return `a key of its type does not sign with ${key.alg}`
  }
  return isSigner(key) ? signerFault(key) : jwkFault(key)
}

/** What tells a key from others in a JWK Set: its name, or else the public part that its thumbprint is made of. */
function identityOf(key: SigningKeyJwk | Signer): string | undefined {
  const { n, x } = jwkOf(key)
  return key.kid ?? n ?? x
}

/** Finds keys that cannot sign or cannot be told apart. No part of a key is repeated. */
export function checkSigningKeys(
  keys: readonly (SigningKeyJwk | Signer)[],
): readonly ConfigurationProblem[] {
  const identities = keys.map(identityOf)
  return keys.flatMap((key, index) => {
    const first = identities.indexOf(identityOf(key))
    const message =
      first === index ? keyFault(key) : `it has the same kid as signingKeys[${first}]: name one`
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

const generate = promisify(generateKeyPair)

async function generateInBackground(algorithm: SigningAlgorithm): Promise<KeyObject> {
  switch (algorithm) {
    case 'RS256':
    case 'PS256':
      return (await generate('rsa', { modulusLength: smallestRsaModulus })).privateKey
    case 'ES256':
      return (await generate('ec', { namedCurve: 'P-256' })).privateKey
    case 'EdDSA':
      return (await generate('ed25519')).privateKey
  }
}

/** Makes a key as {@link generateSigningKey} does, while the process goes on answering requests. */
export async function makeSigningKey(alg: SigningAlgorithm): Promise<SigningKeyJwk> {
  return { ...(await generateInBackground(alg)).export({ format: 'jwk' }), alg }
}
