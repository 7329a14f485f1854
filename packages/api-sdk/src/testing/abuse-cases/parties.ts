import { claimsCase } from '../abuse-case.js'
import type { AbuseCase } from '../abuse-case.js'
import { invalidToken } from '../expected-answers.js'
import { otherCase } from '../other-case.js'

const unknownIssuer = invalidToken('unknown_issuer')
const missing = invalidToken('missing_claim')
const malformed = invalidToken('malformed_claim')
const wrongAudience = invalidToken('wrong_audience')

const withOtherSlash = (name: string): string =>
  name.endsWith('/') ? name.slice(0, -1) : `${name}/`

/** By whom and for whom tokens are. */
export const partyCases: readonly AbuseCase[] = [
  claimsCase(['I01', 'no iss'], unknownIssuer, { iss: undefined }),
  claimsCase(['I01-other', 'another iss'], unknownIssuer, { iss: 'https://evil.example' }),
  claimsCase(['I01-shorter', 'an iss that lacks the end'], unknownIssuer, ({ issuer }) => ({
    iss: issuer.issuer.slice(0, -2),
  })),
  claimsCase(['I01-longer', 'an iss that goes on'], unknownIssuer, ({ issuer }) => ({
    iss: `${issuer.issuer}.evil.example`,
  })),
  claimsCase(['I02', 'an iss that is a list'], unknownIssuer, ({ issuer }) => ({
    iss: ['https://evil.example', issuer.issuer],
  })),
  claimsCase(
    ['I03', 'an iss with another slash at the end'],
    invalidToken('issuer_trailing_slash'),
    ({ issuer }) => ({ iss: withOtherSlash(issuer.issuer) }),
  ),
  claimsCase(['I03-capitals', 'an iss in capitals'], unknownIssuer, ({ issuer }) => ({
    iss: otherCase(issuer.issuer),
  })),
  claimsCase(['A01', 'no aud'], missing, { aud: undefined }),
  claimsCase(['A01-none', 'an aud that is an empty list'], malformed, { aud: [] }),
  claimsCase(['A01-empty', 'an empty aud'], malformed, { aud: '' }),
  claimsCase(['A01-item', 'an aud with an empty item'], malformed, { aud: [''] }),
  claimsCase(['A02', 'another aud'], wrongAudience, { aud: 'https://other.example' }),
  claimsCase(['A02-longer', 'an aud that goes on'], wrongAudience, ({ issuer }) => ({
    aud: `${issuer.audience}.evil.example`,
  })),
  claimsCase(
    ['A02-slash', 'an aud with another slash at the end'],
    wrongAudience,
    ({ issuer }) => ({
      aud: withOtherSlash(issuer.audience),
    }),
  ),
  claimsCase(['A02-capitals', 'an aud in capitals'], wrongAudience, ({ issuer }) => ({
    aud: otherCase(issuer.audience),
  })),
  claimsCase(['A03', 'an aud that is an object'], malformed, ({ issuer }) => ({
    aud: { 0: issuer.audience },
  })),
  claimsCase(['A03-nested', 'a nested aud'], malformed, ({ issuer }) => ({
    aud: [[issuer.audience]],
  })),
  claimsCase(['A03-mixed', 'an aud of mixed types'], malformed, ({ issuer }) => ({
    aud: [issuer.audience, 1, null],
  })),
  claimsCase(['A08', 'the aud of everything the issuer has'], wrongAudience, ({ issuer }) => ({
    aud: `${issuer.issuer}/resources`,
  })),
]
