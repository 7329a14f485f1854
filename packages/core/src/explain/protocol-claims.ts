import type { ClaimTarget } from '../decision.js'
import type { DescriptionContext } from './describe-decision.js'

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

const ofLogin = (what: string): Origin => ({
  rule: 'RFC 9068 section 2.2.1',
  sentence: `${what}, as the login told.`,
})

const ofServer = (rule: string, sentence: string): Origin => ({ rule, sentence })

const origins: Readonly<Record<string, Origin>> = {
  iss: { rule: 'RFC 9068 section 2.2', path: 'issuer', sentence: 'The issuer of the server.' },
  iat: ofServer('RFC 9068 section 2.2', 'When the token was issued.'),
  nbf: ofServer('RFC 7519 section 4.1.5', 'From when on the token is good: when it was issued.'),
  jti: ofServer('RFC 9068 section 2.2', 'The identifier of the token, of which there is one.'),
  aud: ofServer('RFC 9068 section 3', 'Whom the token is for.'),
  scope: ofServer(
    'RFC 9068 section 2.2.3',
    'The scopes that are granted, as far as they belong to this token.',
  ),
  client_id: ofServer('RFC 9068 section 2.2', 'The client that got the token.'),
  sub: ofServer('RFC 9068 section 2.2', 'The user, or the client where there is none.'),
  nonce: ofServer('OpenID Connect Core 1.0 section 2', 'The nonce of the authorization request.'),
  at_hash: ofServer(
    'OpenID Connect Core 1.0 section 3.1.3.6',
    'What ties the ID token to the access token.',
  ),
  auth_time: ofLogin('When the user signed in'),
  acr: ofLogin('The authentication context class'),
  amr: ofLogin('How the user signed in'),
  sid: ofServer('OpenID Connect Back-Channel Logout 1.0 section 2.1', 'The session of the user.'),
  idp: ofLogin('At which identity provider the user signed in'),
}

const lifetimeProperty = {
  access_token: 'accessTokenLifetime',
  id_token: 'identityTokenLifetime',
  userinfo: 'accessTokenLifetime',
} as const satisfies Record<ClaimTarget, string>

function originOf(
  claim: string,
  target: ClaimTarget,
  { clientId, locator }: DescriptionContext,
): Origin {
  if (claim === 'exp') {
    const path = `${locator.client(clientId)?.path ?? 'clients'}.${lifetimeProperty[target]}`
    return { rule: 'RFC 9068 section 2.2', path, sentence: 'When the token expires.' }
  }
  return (
    (Object.hasOwn(origins, claim) ? origins[claim] : undefined) ??
    ofServer('OpenID Connect Core 1.0 section 2', 'The server itself has put it in.')
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
      ...originOf(claim, target, context),
    }))
}
