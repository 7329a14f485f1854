import type { AccessTokenClaims } from '@bailiwick/protocol'
import type { ServerContext } from '../context.js'
import { audienceOf } from '../resources/audience.js'
import { selectSigningAlgorithm, votesOf } from '../resources/select-signing-algorithm.js'
import type { AccessTokenType } from '../stores/client.js'
import { accessTokenClaims } from './access-token-claims.js'
import type { AccessTokenIssuance } from './issuance.js'
import { issueReferenceToken } from './reference-token.js'
import { rememberUserinfoRequest } from './token-mark.js'

/** An access token, and what the token response and the log repeat of it. */
export interface IssuedAccessToken {
  readonly accessToken: string
  readonly jti: string
  /** In seconds. */
  readonly expiresIn: number
  /** Seconds since the epoch. */
  readonly expiresAt: number
  readonly audience: readonly string[]
  readonly scope: string
}

/** Makes a token of claims. */
type Seal = (
  claims: AccessTokenClaims,
  issuance: AccessTokenIssuance,
  context: ServerContext,
) => Promise<string>

async function sealAsJwt(
  claims: AccessTokenClaims,
  issuance: AccessTokenIssuance,
  context: ServerContext,
): Promise<string> {
  const { apiResources } = issuance.resources
  const algorithm = selectSigningAlgorithm(apiResources, context) ?? context.signer.algorithms[0]
  context.report?.({ type: 'algorithm_selected', algorithm, votes: votesOf(apiResources) })
  const { jti, exp: expiresAt } = claims
  await rememberUserinfoRequest({ jti, expiresAt }, issuance, context)
  return context.signer.sign({ typ: 'at+jwt', algorithm, claims })
}

const sealAs = {
  jwt: sealAsJwt,
  reference: issueReferenceToken,
} as const satisfies Record<AccessTokenType, Seal>

/** Makes an access token: a JWT (RFC 9068), or a handle of the same claims. */
export async function issueAccessToken(
  issuance: AccessTokenIssuance,
  context: ServerContext,
): Promise<IssuedAccessToken> {
  const { client, resources } = issuance
  const audience = audienceOf(resources, context)
  context.report?.({
    type: 'audience_decided',
    audience,
    hasStaticAudience: context.emitStaticAudienceClaim,
  })
  context.report?.({
    type: 'lifetime_decided',
    token: 'access_token',
    seconds: client.accessTokenLifetime,
  })
  const claims = await accessTokenClaims(issuance, audience, context)
  const accessToken = await sealAs[client.accessTokenType](claims, issuance, context)
  return {
    accessToken,
    jti: claims.jti,
    expiresIn: client.accessTokenLifetime,
    expiresAt: claims.exp,
    audience,
    scope: resources.scopes.join(' '),
  }
}
