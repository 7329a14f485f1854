import type { AccessTokenClaims } from '@bailiwick/protocol'
import type { ServerContext } from '../context.js'
import { audienceClaim } from '../resources/audience.js'
import { authenticationClaims } from './authentication-claims.js'
import type { Issuance } from './issuance.js'
import { userClaimsOf } from './user-claims.js'

function subjectClaims(
  { client, user }: Issuance,
  { compatibility, report }: ServerContext,
): Readonly<Record<string, unknown>> {
  if (user !== undefined) return { sub: user.subject, ...authenticationClaims(user) }
  if (!compatibility.omitsSubjectWithoutUser) return { sub: client.clientId }
  report?.({ type: 'compatibility_applied', difference: 'omitsSubjectWithoutUser' })
  return {}
}

function clientClaims(
  { client, user }: Issuance,
  { report }: ServerContext,
): Readonly<Record<string, unknown>> {
  const claims = user === undefined || client.alwaysSendClientClaims ? client.claims : {}
  for (const claim of report ? Object.keys(client.claims) : []) {
    const about = {
      target: 'access_token',
      claim,
      sources: [{ kind: 'client', name: client.clientId }],
    } as const
    report?.(
      Object.hasOwn(claims, claim)
        ? { type: 'claim_included', ...about }
        : { type: 'claim_left_out', ...about, reason: 'about_user' },
    )
  }
  return claims
}

function scopeClaim(
  scopes: readonly string[],
  { compatibility, report }: ServerContext,
): { readonly scope?: string | readonly string[] } {
  if (scopes.length === 0) return {}
  if (!compatibility.writesScopeAsList) return { scope: scopes.join(' ') }
  report?.({ type: 'compatibility_applied', difference: 'writesScopeAsList' })
  return { scope: scopes }
}

/** Builds what an access token says, whatever it is made of (RFC 9068 section 2.2). */
export async function accessTokenClaims(
  issuance: Issuance,
  audience: readonly string[],
  context: ServerContext,
): Promise<AccessTokenClaims> {
  const { client, resources } = issuance
  const iat = context.now()
  return {
    ...(await userClaimsOf(issuance, context)),
    ...clientClaims(issuance, context),
    iss: context.issuer,
    iat,
    nbf: iat,
    exp: iat + client.accessTokenLifetime,
    ...audienceClaim(audience),
    ...subjectClaims(issuance, context),
    client_id: client.clientId,
    jti: context.randomId(),
    ...scopeClaim(resources.scopes, context),
  }
}
