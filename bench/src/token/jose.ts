import type { RequestListener } from 'node:http'
import { importJWK, SignJWT } from 'jose'
import { bareEndpoint } from './bare-endpoint.js'
import type { Mounts } from './mounts.js'
import type { TokenContender } from './token-contender.js'

/** A bare endpoint that signs with jose and a key it imports once. */
export async function jose(
  mounts: Mounts,
  { signingKey }: TokenContender,
): Promise<RequestListener> {
  const { alg } = signingKey
  const key = await importJWK(signingKey, alg)
  const sign = (claims: Readonly<Record<string, unknown>>): Promise<string> =>
    new SignJWT({ ...claims }).setProtectedHeader({ alg, kid: 'bench', typ: 'at+jwt' }).sign(key)
  return mounts.bare(bareEndpoint(sign))
}
