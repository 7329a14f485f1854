import { hash } from 'node:crypto'
import type { IdentityResource, SigningAlgorithm } from '@bailiwick/protocol'
import type { ServerContext } from '../context.js'
import type { RegisteredClient } from '../stores/client-store.js'
import { authenticationClaims } from './authentication-claims.js'
import { identityClaimsOf } from './identity-claims.js'
import type { AuthenticatedUser } from './issuance.js'
import { present } from './present.js'
import type { RequestedClaims } from './requested-claims.js'
import { selectIdTokenAlgorithm } from './select-id-token-algorithm.js'

/** To whom an ID token tells about whom, and what comes with it. */
export interface IdTokenIssuance {
  readonly client: RegisteredClient
  readonly user: AuthenticatedUser
  /** The identity resources that are granted. */
  readonly identityResources: readonly IdentityResource[]
  /** Those for the ID token are given whatever else comes with it. */
  readonly requestedClaims?: RequestedClaims | undefined
  /** The `nonce` of the authorization request. */
  readonly nonce?: string | undefined
  /** The access token that is issued with it, if one is. */
  readonly accessToken?: string | undefined
}

/**
 * The digest of each algorithm, with which `at_hash` is made too. The name EdDSA tells of none: Ed25519, its only curve
 * here, hashes with SHA-512 (RFC 8032 section 5.1), and that is what OpenID Connect implementations agree on.
 */
const digests = {
  RS256: 'sha256',
  PS256: 'sha256',
  ES256: 'sha256',
  EdDSA: 'sha512',
} as const satisfies Record<SigningAlgorithm, string>

/** The left half of the digest of an access token (OpenID Connect Core 1.0 section 3.1.3.6). */
function accessTokenHash(accessToken: string, algorithm: SigningAlgorithm): string {
  const digest = hash(digests[algorithm], accessToken, 'buffer')
  return digest.subarray(0, digest.length / 2).toString('base64url')
}

function claimsAboutUser(
  { client, user, identityResources, requestedClaims, accessToken }: IdTokenIssuance,
  context: ServerContext,
): Promise<Readonly<Record<string, unknown>>> {
  // With an access token the client can ask userinfo (OpenID Connect Core 1.0 section 5.4).
  const isComplete = accessToken === undefined || client.alwaysIncludeUserClaimsInIdToken
  return identityClaimsOf(
    {
      client,
      user,
      identityResources: isComplete ? identityResources : [],
      granted: identityResources,
      requested: requestedClaims?.idToken ?? {},
      caller: 'id_token',
    },
    context,
  )
}

/** Builds and signs an ID token (OpenID Connect Core 1.0 section 2). */
export async function issueIdToken(
  issuance: IdTokenIssuance,
  context: ServerContext,
): Promise<string> {
  const { client, user, nonce, accessToken } = issuance
  const algorithm = selectIdTokenAlgorithm(client, context)
  const iat = context.now()
  const { identityTokenLifetime: seconds } = client
  context.report?.({ type: 'lifetime_decided', token: 'id_token', seconds })
  const claims = present({
    ...(await claimsAboutUser(issuance, context)),
    iss: context.issuer,
    sub: user.subject,
    aud: client.clientId,
    exp: iat + seconds,
    iat,
    nonce,
    ...authenticationClaims(user),
    at_hash: accessToken === undefined ? undefined : accessTokenHash(accessToken, algorithm),
  })
  return context.signer.sign({ typ: 'JWT', algorithm, claims })
}
