import type { ClaimTarget } from '../decision.js'
import { atClient } from './describe/description.js'
import type { DescriptionContext } from './describe/description.js'

/** Where a claim comes from that the protocol has, and nobody has listed. */
export interface ProtocolClaim {
  readonly type: 'protocol_claim'
  readonly target: ClaimTarget
  readonly claim: string
  readonly rule: string
  readonly path?: string
  readonly sentence: string
}

type Origin = Pick<ProtocolClaim, 'rule' | 'path' | 'sentence'>

const of = (rule: string, sentence: string): Origin => ({ rule, sentence })

/** Where claims come from that say the same wherever they are. */
const origins: Readonly<Record<string, Origin>> = {
  iss: { rule: 'RFC 7519 section 4.1.1', path: 'issuer', sentence: 'iss is the issuer.' },
  iat: of('RFC 7519 section 4.1.6', 'iat is when the token was issued.'),
  nbf: of('RFC 7519 section 4.1.5', 'nbf is from when on the token is good: when it was issued.'),
  jti: of('RFC 7519 section 4.1.7', 'jti is the identifier of this one token.'),
  scope: of('RFC 9068 section 2.2.3', 'scope has what is granted and belongs to this token.'),
  client_id: of('RFC 9068 section 2.2', 'client_id is the client that got the token.'),
  nonce: of('OpenID Connect Core 1.0 section 2', 'nonce is that of the authorization request.'),
  at_hash: of(
    'OpenID Connect Core 1.0 section 3.1.3.6',
    'at_hash ties the ID token to the access token.',
  ),
  auth_time: of('OpenID Connect Core 1.0 section 2', 'auth_time is when the user signed in.'),
  acr: of('OpenID Connect Core 1.0 section 2', 'acr is the class of the sign-in.'),
  amr: of('RFC 8176 section 1', 'amr is how the user signed in.'),
  sid: of(
    'OpenID Connect Back-Channel Logout 1.0 section 2.1',
    'sid is the session in which the user signed in.',
  ),
  idp: of('idp', 'idp is where the user signed in, which is another provider.'),
}

const lifetimeProperty = {
  access_token: 'accessTokenLifetime',
  id_token: 'identityTokenLifetime',
  userinfo: 'accessTokenLifetime',
} as const satisfies Record<ClaimTarget, string>

type Claims = Readonly<Record<string, unknown>>

/** Claims in a token, or in what userinfo answers. */
interface Told {
  readonly claims: Claims
  readonly target: ClaimTarget
}

/** Where claims come from that say different things. */
const variousOrigins: Readonly<
  Record<string, (told: Told, context: DescriptionContext) => Origin>
> = {
  exp: ({ target }, context) => ({
    rule: 'RFC 7519 section 4.1.4',
    path: atClient(context, lifetimeProperty[target]),
    sentence: 'exp is when the token expires.',
  }),
  aud: ({ target }) =>
    target === 'id_token'
      ? of('OpenID Connect Core 1.0 section 2', 'aud is the client that the ID token is for.')
      : of('RFC 9068 section 3', 'aud is for whom the token is.'),
  sub: ({ claims: { sub, client_id: clientId }, target }) =>
    target === 'access_token' && sub === clientId
      ? of('RFC 9068 section 2.2', 'sub is the client, because there is no user.')
      : of('OpenID Connect Core 1.0 section 2', 'sub is the user.'),
}

function originOf(claim: string, told: Told, context: DescriptionContext): Origin {
  const various = Object.hasOwn(variousOrigins, claim) ? variousOrigins[claim] : undefined
  const origin = Object.hasOwn(origins, claim) ? origins[claim] : undefined
  return (
    various?.(told, context) ??
    origin ??
    of('RFC 7519 section 4', `${claim} was put in by the server itself.`)
  )
}

/** Tells of the claims that no other decision was about where they come from. */
export function explainProtocolClaims(
  claims: Readonly<Record<string, unknown>>,
  { target, explained }: { readonly target: ClaimTarget; readonly explained: ReadonlySet<string> },
  context: DescriptionContext,
): readonly ProtocolClaim[] {
  return Object.keys(claims)
    .filter((claim) => !explained.has(claim))
    .map((claim) => ({
      type: 'protocol_claim',
      target,
      claim,
      ...originOf(claim, { claims, target }, context),
    }))
}
