import { checkPrimeSync, createPrivateKey, generateKeyPairSync, randomBytes } from 'node:crypto'
import type { KeyObject } from 'node:crypto'

const toBase64url = (value: bigint): string => {
  const text = value.toString(16)
  return Buffer.from(text.padStart(text.length + (text.length % 2), '0'), 'hex').toString(
    'base64url',
  )
}

function inverse(value: bigint, modulus: bigint): bigint {
  let [r, next] = [modulus, value % modulus]
  let [t, nextT] = [0n, 1n]
  while (next !== 0n) {
    const quotient = r / next
    ;[r, next] = [next, r - quotient * next]
    ;[t, nextT] = [nextT, t - quotient * nextT]
  }
  return ((t % modulus) + modulus) % modulus
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  for (const bit of exponent.toString(2)) {
    result = (result * result) % modulus
    if (bit === '1') result = (result * base) % modulus
  }
  return result
}

function keyOf(p: bigint, q: bigint, e: bigint): KeyObject {
  const d = inverse(e, (p - 1n) * (q - 1n))
  const numbers = { n: p * q, e, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) }
  const members = Object.entries(numbers).map(([name, value]) => [name, toBase64url(value)])
  const jwk: Record<string, string> = { kty: 'RSA', ...Object.fromEntries(members) }
  return createPrivateKey({ key: jwk, format: 'jwk' })
}

const random = (bits: number): bigint => BigInt(`0x${randomBytes(bits / 8).toString('hex')}`)

/** The product of the first 126 primes. */
function primorial(): bigint {
  let product = 1n
  for (let value = 2n; value <= 701n; value += 1n) if (checkPrimeSync(value)) product *= value
  return product
}

/** A prime of 1024 bits as the generator of CVE-2017-15361 made them: k * M + (65537^a mod M). */
function rocaPrime(product: bigint): bigint {
  const least = (3n * 2n ** 1022n) / product
  for (;;) {
    const candidate = (least + random(40)) * product + power(65_537n, random(128), product)
    if (checkPrimeSync(candidate)) return candidate
  }
}

/** A key that works, and that can be factored. */
export function rocaKey(): KeyObject {
  const product = primorial()
  return keyOf(rocaPrime(product), rocaPrime(product), 65_537n)
}

/** A key that works, with a small public exponent. */
export const keyWithExponent = (publicExponent: number): KeyObject =>
  generateKeyPairSync('rsa', { modulusLength: 2048, publicExponent }).privateKey
