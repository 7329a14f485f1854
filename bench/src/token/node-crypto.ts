import { createPrivateKey, sign } from 'node:crypto'
import type { RequestListener } from 'node:http'
import { bareEndpoint } from './bare-endpoint.js'
import type { Mounts } from './mounts.js'
import type { TokenContender } from './token-contender.js'

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A bare endpoint that signs on the main thread and without any library: the ceiling for a single core. */
export async function nodeCrypto(
  mounts: Mounts,
  { signingKey }: TokenContender,
): Promise<RequestListener> {
  const key = createPrivateKey({ key: { ...signingKey }, format: 'jwk' })
  const header = encode({ alg: signingKey.alg, kid: 'bench', typ: 'at+jwt' })
  return mounts.bare(
    bareEndpoint((claims) => {
      const input = `${header}.${encode(claims)}`
      const signature = sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' })
      return `${input}.${signature.toString('base64url')}`
    }),
  )
}
