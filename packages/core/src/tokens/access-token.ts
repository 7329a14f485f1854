import type { ServerContext } from '../context.js'
import { audienceClaim, audienceOf } from '../resources/audience.js'
import { selectSigningAlgorithm } from '../resources/select-signing-algorithm.js'
import type { Issuance } from './issuance.js'
import { present } from './present.js'
import { userClaimsOf } from './user-claims.js'

/** A signed access token, and what the token response and the log repeat of it. */
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

function subjectClaims(
  { client, user }: Issuance,
  { compatibility }: ServerContext,
): Readonly<Record<string, unknown>> {
  if (user === undefined) {
    return compatibility.omitsSubjectWithoutUser ? {} : { sub: client.clientId }
  }
  const { subject, authTime, amr, acr, sessionId, identityProvider } = user
  return present({
    sub: subject,
    auth_time: authTime,
    amr,
    acr,
    sid: sessionId,
    idp: identityProvider,
  })
}

function clientClaims({ client, user }: Issuance): Readonly<Record<string, unknown>> {
  return user === undefined || client.alwaysSendClientClaims ? client.claims : {}
}

function scopeClaim(
  scopes: readonly string[],
  { compatibility }: ServerContext,
): { readonly scope?: string | readonly string[] } {
  if (scopes.length === 0) return {}
  return { scope: compatibility.writesScopeAsList ? scopes : scopes.join(' ') }
}

/** Builds and signs a JWT access token (RFC 9068). */
export async function issueAccessToken(
  issuance: Issuance,
  context: ServerContext,
): Promise<IssuedAccessToken> {
  const { client, resources } = issuance
  const algorithm = selectSigningAlgorithm(resources.apiResources) ?? context.signer.algorithms[0]
  const audience = audienceOf(resources, context)
  const jti = context.randomId()
  const iat = context.now()
  const expiresIn = client.accessTokenLifetime
  const claims = {
    ...(await userClaimsOf(issuance, context)),
    ...clientClaims(issuance),
    iss: context.issuer,
    iat,
    nbf: iat,
    exp: iat + expiresIn,
    ...audienceClaim(audience),
    ...subjectClaims(issuance, context),
    client_id: client.clientId,
    jti,
    ...scopeClaim(resources.scopes, context),
  }
  const accessToken = await context.signer.sign({ typ: 'at+jwt', algorithm, claims })
  return {
    accessToken,
    jti,
    expiresIn,
    expiresAt: iat + expiresIn,
    audience,
    scope: resources.scopes.join(' '),
  }
}
