import { tokenCase } from '../abuse-case.js'
import type { AbuseCase, AbuseContext, AbuseName, ExpectedAnswer } from '../abuse-case.js'
import { insufficientScope, invalidToken, passes, unavailable } from '../expected-answers.js'

const missing = invalidToken('missing_claim')
const malformed = invalidToken('malformed_claim')
const unknownIssuer = invalidToken('unknown_issuer')
const early = invalidToken('not_yet_valid')
const notUnderstood = invalidToken('unsupported_confirmation')
const inactive = invalidToken('inactive')
const unusable = unavailable('invalid_introspection_response')

type Changes = object | ((context: AbuseContext) => object)

// Longer than an API waits after answers that were of no use, before it asks again.
const longestWait = 30

const referenceCase = (name: AbuseName, expected: ExpectedAnswer, changes: Changes): AbuseCase =>
  tokenCase(name, expected, (context) => {
    const { issuer, scope } = context
    issuer.pass(longestWait)
    const claims = typeof changes === 'function' ? changes(context) : changes
    return issuer.reference({ scope, ...claims })
  })

/** Reference tokens, and what introspection says of them. */
export const referenceTokenAbuseCases: readonly AbuseCase[] = [
  referenceCase(['N00', 'a valid reference token'], passes, {}),
  tokenCase(['N01', 'a token that was revoked'], inactive, ({ issuer, scope }) => {
    issuer.pass(longestWait)
    const token = issuer.reference({ scope })
    issuer.revoke(token)
    return token
  }),
  tokenCase(['N01-unknown', 'a token that nobody issued'], inactive, ({ issuer }) => {
    issuer.pass(longestWait)
    return 'unknown'
  }),
  referenceCase(['N02', 'active as a text'], unusable, { active: 'true' }),
  referenceCase(['N02-number', 'active as a number'], unusable, { active: 1 }),
  referenceCase(['N02-missing', 'no active'], unusable, { active: undefined }),
  referenceCase(['N05', 'no aud'], missing, { aud: undefined }),
  referenceCase(['N05-other', 'the aud of another API'], invalidToken('wrong_audience'), {
    aud: ['https://other.example'],
  }),
  referenceCase(['N06', 'the iss of another issuer'], unknownIssuer, {
    iss: 'https://evil.example',
  }),
  referenceCase(['N06-slash', 'an iss with a slash'], unknownIssuer, ({ issuer }) => ({
    iss: `${issuer.issuer}/`,
  })),
  referenceCase(['N06-null', 'an iss that is null'], unknownIssuer, { iss: null }),
  referenceCase(['N06-missing', 'no iss'], passes, { iss: undefined }),
  referenceCase(['N07', 'an exp that is past'], invalidToken('expired'), ({ issuer }) => ({
    exp: issuer.now() - 301,
  })),
  referenceCase(['N07-missing', 'no exp'], missing, { exp: undefined }),
  referenceCase(['N07-text', 'an exp that is a text'], malformed, ({ issuer }) => ({
    exp: String(issuer.now() + 300),
  })),
  referenceCase(['N07-nbf', 'an nbf that is ahead'], early, ({ issuer }) => ({
    nbf: issuer.now() + 301,
  })),
  referenceCase(['N07-iat', 'an iat that is ahead'], early, ({ issuer }) => ({
    iat: issuer.now() + 301,
  })),
  referenceCase(['N08', 'a token that is bound to a key'], invalidToken('binding_required'), {
    cnf: { jkt: '0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I' },
  }),
  referenceCase(
    ['N08-certificate', 'a token that is bound to a certificate'],
    invalidToken('certificate_missing'),
    {
      cnf: { 'x5t#S256': 'bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2' },
    },
  ),
  referenceCase(['N08-cnf', 'an empty cnf'], notUnderstood, { cnf: {} }),
  referenceCase(['N08-type', 'token_type DPoP without cnf'], notUnderstood, { token_type: 'DPoP' }),
  referenceCase(['N08-type-cnf', 'token_type DPoP and an empty cnf'], notUnderstood, {
    token_type: 'DPoP',
    cnf: {},
  }),
  referenceCase(['N08-type-other', 'another token_type'], notUnderstood, { token_type: 'N_A' }),
  referenceCase(['N08-type-list', 'a token_type that is a list'], notUnderstood, {
    token_type: ['Bearer'],
  }),
  referenceCase(['N07-nbf-alone', 'an nbf that is ahead, without iat'], early, ({ issuer }) => ({
    iat: undefined,
    nbf: issuer.now() + 301,
  })),
  referenceCase(['N07-spare', 'no jti and no iat'], passes, { jti: undefined, iat: undefined }),
  referenceCase(['C07-sub', 'no sub'], missing, { sub: undefined }),
  referenceCase(['C07-client', 'no client_id'], missing, { client_id: undefined }),
  referenceCase(['C09-number', 'a sub that is a number'], malformed, { sub: 1 }),
  referenceCase(['C09-jti', 'a jti that is a number'], malformed, { jti: 7 }),
  referenceCase(['S06-number', 'a scope that is a number'], malformed, { scope: 1 }),
  referenceCase(['N15', 'no scope'], insufficientScope, { scope: undefined }),
  referenceCase(['N15-list', 'scopes as a list'], passes, ({ scope }) => ({
    scope: scope.split(' '),
  })),
]
