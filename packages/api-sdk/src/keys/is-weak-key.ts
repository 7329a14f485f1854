import { Buffer } from 'node:buffer'
import type { KeyObject } from 'node:crypto'

const leastRsaBits = 2048

/** All primes of the generator below are 65537 to some power, modulo each of the first 126 primes. */
const generator = 65_537
const largestPrime = 701

const isPrime = (value: number): boolean => {
  for (let divisor = 2; divisor * divisor <= value; divisor += 1) {
    if (value % divisor === 0) return false
  }
  return true
}

function powersModulo(prime: number): ReadonlySet<number> {
  const powers = new Set<number>()
  for (let power = 1; !powers.has(power); power = (power * generator) % prime) powers.add(power)
  return powers
}

const powersByPrime = Array.from({ length: largestPrime - 2 }, (_, index) => index + 3)
  .filter(isPrime)
  .map((prime) => [BigInt(prime), powersModulo(prime)] as const)

/**
 * Tells whether a modulus comes from the generator of smart cards and security chips whose keys can be factored
 * (CVE-2017-15361, "ROCA"). No other key of 2048 bits or more looks like one of them but with a chance of 1 in 2^167.
 */
function isFromWeakGenerator(modulus: bigint): boolean {
  return powersByPrime.every(([prime, powers]) => powers.has(Number(modulus % prime)))
}

function modulusOf(key: KeyObject): bigint {
  const { n = '' } = key.export({ format: 'jwk' })
  return BigInt(`0x0${Buffer.from(n, 'base64url').toString('hex')}`)
}

/** Tells whether others can find out the private part of a key, or sign without it. */
export function isWeakKey(key: KeyObject): boolean {
  const { modulusLength, publicExponent } = key.asymmetricKeyDetails ?? {}
  if (modulusLength === undefined || publicExponent === undefined) return false
  if (modulusLength < leastRsaBits) return true
  // With 1 a signature is the padded hash itself, and nobody needs a key for that; none that is even works.
  if (publicExponent < 3n || publicExponent % 2n === 0n) return true
  return isFromWeakGenerator(modulusOf(key))
}
