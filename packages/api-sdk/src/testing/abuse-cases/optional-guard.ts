import { claimsCase, credentialsCase, tokenCase } from '../abuse-case.js'
import type { AbuseCase } from '../abuse-case.js'
import { challenged, insufficientScope, invalidToken, passes } from '../expected-answers.js'

const unsupported = challenged('unsupported_scheme')

/** Requests to a route whose guard is optional. */
export const optionalGuardAbuseCases: readonly AbuseCase[] = [
  credentialsCase(['H01', 'an anonymous request'], passes, () => undefined),
  tokenCase(['H02', 'garbage'], invalidToken('malformed_token'), () => 'garbage'),
  claimsCase(['H02-expired', 'an expired token'], invalidToken('expired'), ({ issuer }) => ({
    exp: issuer.now() - 301,
  })),
  claimsCase(['H02-aud', 'a token for another API'], invalidToken('wrong_audience'), {
    aud: 'https://other.example',
  }),
  claimsCase(['H02-scope', 'a token without scope'], insufficientScope, { scope: undefined }),
  credentialsCase(['H02-basic', 'other credentials'], unsupported, () => 'Basic YTpi'),
  credentialsCase(['H02-empty', 'an empty field'], unsupported, () => ''),
]
