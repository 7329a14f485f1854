import { Buffer } from 'node:buffer'
import { createPublicKey, verify } from 'node:crypto'
import type { BareCheck } from './bare-check.js'
import type { GuardContender } from './guard-contender.js'
import { world } from './world.js'

type Members = Readonly<Record<string, unknown>>

function decode(segment: string): Members {
  const value: unknown = JSON.parse(Buffer.from(segment, 'base64url').toString())
  if (typeof value !== 'object' || value === null) throw new TypeError('this is no object')
  return { ...value }
}

const isForUs = ({ iss, aud, exp }: Members): boolean =>
  iss === world.issuer && aud === world.audience && Number(exp) > Date.now() / 1000

/** Verifies at once with `node:crypto`, and compares what `jwtVerify` has options for: the least that can be done. */
export function nodeCryptoCheck({ publicKey, algorithm }: GuardContender): BareCheck {
  const key = createPublicKey({ key: { ...publicKey }, format: 'jwk' })
  return (authorization = '') => {
    try {
      const [header = '', payload = '', signature = ''] = authorization.slice(7).split('.')
      const { alg, typ } = decode(header)
      if (alg !== algorithm || typ !== 'at+jwt') return undefined
      const isGenuine = verify(
        'sha256',
        Buffer.from(`${header}.${payload}`),
        { key, dsaEncoding: 'ieee-p1363' },
        Buffer.from(signature, 'base64url'),
      )
      const claims = decode(payload)
      return isGenuine && isForUs(claims) ? String(claims['sub']) : undefined
    } catch {
      return undefined
    }
  }
}
