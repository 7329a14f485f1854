import { claimsCase, tokenCase } from '../abuse-case.js'
import type { AbuseCase, AbuseName } from '../abuse-case.js'
import { insufficientScope, invalidToken } from '../expected-answers.js'
import { signedText } from '../unusual-tokens.js'

const missing = invalidToken('missing_claim')
const malformed = invalidToken('malformed_claim')
const early = invalidToken('not_yet_valid')

// APIs may tolerate clocks that are up to 300 seconds apart.
const mostTolerance = 300

/** Numbers that no JavaScript value is written as. */
const expiry = (name: AbuseName, number: string): AbuseCase =>
  tokenCase(name, malformed, (context) =>
    signedText(context, { payload: (json) => json.replace(/"exp":\d+/, `"exp":${number}`) }),
  )

/** What `exp`, `nbf`, `iat`, `sub`, `client_id` and `jti` say (RFC 9068 section 2.2). */
export const registeredClaimCases: readonly AbuseCase[] = [
  claimsCase(['C01', 'no exp'], missing, { exp: undefined }),
  claimsCase(['C01-null', 'an exp that is null'], malformed, { exp: null }),
  claimsCase(['C01-text', 'an exp that is a text'], malformed, ({ issuer }) => ({
    exp: String(issuer.now() + 300),
  })),
  claimsCase(['C01-zero', 'exp 0'], malformed, { exp: 0 }),
  claimsCase(['C01-negative', 'a negative exp'], malformed, { exp: -1 }),
  expiry(['C02', 'an exp that is infinite'], '1e400'),
  expiry(['C02-late', 'an exp beyond all dates'], '9e15'),
  claimsCase(['C03', 'an expired token'], invalidToken('expired'), ({ issuer }) => ({
    exp: issuer.now() - mostTolerance - 1,
  })),
  claimsCase(['C04', 'an nbf that is ahead'], early, ({ issuer }) => ({
    nbf: issuer.now() + mostTolerance + 1,
  })),
  claimsCase(['C04-text', 'an nbf that is a text'], malformed, ({ issuer }) => ({
    nbf: String(issuer.now()),
  })),
  claimsCase(['C05', 'an iat that is an hour ahead'], early, ({ issuer }) => ({
    iat: issuer.now() + 3600,
    exp: issuer.now() + 7200,
  })),
  claimsCase(
    ['C05-nbf', 'an iat that is ahead behind an nbf that is not'],
    early,
    ({ issuer }) => ({
      iat: issuer.now() + 3600,
      nbf: issuer.now(),
      exp: issuer.now() + 7200,
    }),
  ),
  claimsCase(['C05-missing', 'no iat'], missing, { iat: undefined }),
  claimsCase(['C05-text', 'an iat that is a text'], malformed, { iat: 'now' }),
  claimsCase(['C07-sub', 'no sub'], missing, { sub: undefined }),
  claimsCase(['C07-client', 'no client_id'], missing, { client_id: undefined }),
  claimsCase(['C07-jti', 'no jti'], missing, { jti: undefined }),
  claimsCase(['C09', 'a sub that is an object'], malformed, { sub: {} }),
  claimsCase(['C09-number', 'a sub that is a number'], malformed, { sub: 1 }),
  claimsCase(['C09-empty', 'an empty sub'], malformed, { sub: '' }),
  claimsCase(['C09-client', 'a client_id that is a list'], malformed, { client_id: ['web'] }),
  claimsCase(['C09-jti', 'a jti that is a number'], malformed, { jti: 7 }),
  claimsCase(['C09-long', 'a jti of 300 characters'], malformed, { jti: 'j'.repeat(300) }),
  tokenCase(['C10', 'a scope inside __proto__'], insufficientScope, (context) =>
    signedText(context, {
      payload: (json) =>
        json.replace(/"scope":"[^"]*"/, (scope) => `"__proto__":{${scope},"admin":true}`),
    }),
  ),
]
