import type { RequestListener } from 'node:http'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'
import { listening } from '../../../../tests/support/listening.js'

/** A server that answers as a test wants it to. */
export interface StandInIssuer {
  readonly url: string
  /** What was sent to the token endpoint. */
  readonly tokenRequests: URLSearchParams[]
  /** Whether it is up. Otherwise it answers 503. */
  isUp: boolean
  /** The nonce of the ID tokens that it sends. */
  nonce: string
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Nobody signs it: a client trusts what comes from the token endpoint itself (OpenID Connect Core, section 3.1.3.7). */
function idToken({ url, nonce }: StandInIssuer): string {
  const iat = Math.floor(Date.now() / 1000)
  const claims = { iss: url, sub: 'alice', aud: 'web', name: 'Alice', nonce, iat, exp: iat + 60 }
  return `${encode({ alg: 'RS256' })}.${encode(claims)}.AAAA`
}

const metadata = ({ url }: StandInIssuer): object => ({
  issuer: url,
  authorization_endpoint: `${url}/authorize`,
  token_endpoint: `${url}/token`,
})

const tokens = (issuer: StandInIssuer): object => ({
  access_token: 'token',
  token_type: 'Bearer',
  expires_in: 3600,
  id_token: idToken(issuer),
})

const answer =
  (issuer: StandInIssuer): RequestListener =>
  async (request, response) => {
    if (!issuer.isUp) {
      response.writeHead(503).end()
      return
    }
    const isTokenRequest = request.url === '/token'
    if (isTokenRequest) issuer.tokenRequests.push(new URLSearchParams(await text(request)))
    const body = isTokenRequest ? tokens(issuer) : metadata(issuer)
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body))
  }

/** Starts what stands in for the server of a project: it sends tokens for any code. */
export async function startIssuer(): Promise<StandInIssuer> {
  const tokenRequests: URLSearchParams[] = []
  let issuer: StandInIssuer | undefined
  const { url, close } = await listening((own) => {
    issuer = { url: own, tokenRequests, isUp: true, nonce: '' }
    return answer(issuer)
  })
  onTestFinished(close)
  if (issuer === undefined) throw new Error(`nothing listens at ${url}`)
  return issuer
}
