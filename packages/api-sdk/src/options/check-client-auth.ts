import { createPrivateKey } from 'node:crypto'
import { isRecord } from '../is-record.js'
import { fitsAccessTokenAlgorithm, isAccessTokenAlgorithm } from '../tokens/algorithms.js'
import { check, members, oneOf, optional, text } from './checks.js'
import type { Check } from './checks.js'

const leastRsaBits = 2048

/** Tells whether a JWK is a private key that can sign with its `alg`. What is wrong with it is not told: it is secret. */
function isPrivateJwk(value: unknown): boolean {
  if (!isRecord(value)) return false
  const { alg, kid } = value
  if (!isAccessTokenAlgorithm(alg) || !fitsAccessTokenAlgorithm(value, alg)) return false
  if (kid !== undefined && typeof kid !== 'string') return false
  try {
    const { asymmetricKeyDetails } = createPrivateKey({ key: { ...value }, format: 'jwk' })
    return (asymmetricKeyDetails?.modulusLength ?? leastRsaBits) >= leastRsaBits
  } catch {
    return false
  }
}

const withSecret = members({
  id: optional(text),
  secret: text,
  method: optional(oneOf(['client_secret_basic', 'client_secret_post'])),
})

const withPrivateKey = members({
  id: optional(text),
  privateKey: check(isPrivateJwk, 'a private JWK is needed, with the alg that it signs with'),
})

/** Checks how an API says who it is. */
export const clientAuth: Check = (value, path) =>
  isRecord(value) && 'privateKey' in value ? withPrivateKey(value, path) : withSecret(value, path)
