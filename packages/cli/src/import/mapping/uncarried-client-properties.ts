import type { UncarriedProperty } from './uncarried-properties.js'

const unused = (
  name: string,
  message: string,
  byDefault: readonly string[] = [],
): UncarriedProperty => ({
  name,
  byDefault,
  ruleId: 'unused-setting',
  message,
  fix: 'nothing to do',
})

/** The properties of a client that have no counterpart. */
export const uncarriedClientProperties: readonly UncarriedProperty[] = [
  {
    name: 'RequireDPoP',
    byDefault: ['false', '0'],
    ruleId: 'sender-constraint',
    message: 'the client gets bearer tokens, bound to no key',
    fix: 'keep the client where it is, or accept bearer tokens of a short life',
  },
  unused('DPoPValidationMode', 'proofs are not looked at', ['iat', '1']),
  unused('DPoPClockSkew', 'proofs are not looked at', ['00:05:00']),
  {
    name: 'RequireRequestObject',
    byDefault: ['false', '0'],
    ruleId: 'request-protection',
    message:
      'authorization requests of the client are taken unsigned, and signed ones are not understood',
    fix: 'have the client send its parameters as they are',
  },
  {
    name: 'RequirePushedAuthorization',
    byDefault: ['false', '0'],
    ruleId: 'request-protection',
    message:
      'authorization requests of the client are taken from the browser, and cannot be pushed',
    fix: 'have the client send its parameters with the browser',
  },
  unused('PushedAuthorizationLifetime', 'there are no pushed requests'),
  {
    name: 'EnableLocalLogin',
    byDefault: ['true', '1'],
    ruleId: 'login-restriction',
    message: 'users of the client may sign in with a password',
    fix: 'let the page on which users sign in look at the client, and refuse',
  },
  {
    name: 'IdentityProviderRestrictions',
    ruleId: 'login-restriction',
    message: 'users of the client may come from every identity provider',
    fix: 'let the page on which users sign in look at the client, and refuse',
  },
  {
    name: 'AllowPlainTextPkce',
    byDefault: ['false', '0'],
    ruleId: 'plain-pkce',
    message: 'the client may not send code_challenge_method=plain',
    fix: 'have the client use S256',
  },
  {
    name: 'CoordinateLifetimeWithUserSession',
    byDefault: ['false', '0'],
    ruleId: 'session-coordination',
    message: 'refresh tokens of the client outlive the session of the user',
    fix: 'shorten absoluteRefreshTokenLifetime to that of a session',
  },
  unused('AllowAccessTokensViaBrowser', 'access tokens never come through the browser', [
    'false',
    '0',
  ]),
  unused('BackChannelLogoutSessionRequired', 'logout tokens always say which session has ended', [
    'true',
    '1',
  ]),
  unused('IncludeJwtId', 'jti is in every access token', ['true', '1']),
  unused('PairWiseSubjectSalt', 'IdentityServer makes nothing of it either'),
  unused('InitiateLoginUri', 'nobody starts the login of a client from here'),
  unused('UserCodeType', 'there is no device flow'),
  unused('DeviceCodeLifetime', 'there is no device flow', ['300']),
  unused('CibaLifetime', 'there is no CIBA'),
  unused('PollingInterval', 'there is no CIBA'),
  unused('Description', 'it is kept as a comment'),
]
