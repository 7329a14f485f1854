import { credentialsCase, goodToken, requestWith, tokenCase } from '../abuse-case.js'
import type { AbuseCase } from '../abuse-case.js'
import { challenged, invalidRequest, invalidToken, passes } from '../expected-answers.js'

const malformed = invalidRequest('malformed_credentials')
// Without its reason: where two fields cannot be sent, they arrive as one.
const repeated = invalidRequest()

const inQuery: AbuseCase = {
  id: 'T13',
  title: 'a valid token in the query',
  expected: challenged('no_credentials'),
  request: async (context) => {
    const { url, ...request } = requestWith(context, undefined)
    const withToken = new URL(url)
    withToken.searchParams.set('access_token', await goodToken(context))
    return { ...request, url: withToken.href }
  },
}

/** How credentials are sent. */
export const credentialCases: readonly AbuseCase[] = [
  credentialsCase(['T01', 'no credentials'], challenged('no_credentials'), () => undefined),
  credentialsCase(['T02', 'Basic'], challenged('unsupported_scheme'), () => 'Basic YTpi'),
  credentialsCase(
    ['T02-alike', 'a scheme that begins like Bearer'],
    challenged('unsupported_scheme'),
    async (context) => `Bearerx ${await goodToken(context)}`,
  ),
  credentialsCase(['T03', 'the scheme alone'], malformed, () => 'Bearer'),
  credentialsCase(['T03-spaces', 'the scheme and spaces'], malformed, () => 'Bearer   '),
  credentialsCase(
    ['T04', 'two fields with valid tokens of different users'],
    repeated,
    async (context) => [
      `Bearer ${await goodToken(context)}`,
      `Bearer ${await goodToken(context, { sub: 'bob' })}`,
    ],
  ),
  credentialsCase(
    ['T04-basic', 'a field with a valid token and one with Basic'],
    repeated,
    async (context) => [`Bearer ${await goodToken(context)}`, 'Basic YTpi'],
  ),
  credentialsCase(
    ['T05', 'two valid tokens in one field'],
    malformed,
    async (context) => `Bearer ${await goodToken(context)}, Bearer ${await goodToken(context)}`,
  ),
  credentialsCase(
    ['T06', 'a tab before a valid token'],
    malformed,
    async (context) => `Bearer\t${await goodToken(context)}`,
  ),
  credentialsCase(
    ['T07', 'the scheme in small letters'],
    passes,
    async (context) => `bearer ${await goodToken(context)}`,
  ),
  credentialsCase(
    ['T07-capitals', 'the scheme in capitals'],
    passes,
    async (context) => `BEARER ${await goodToken(context)}`,
  ),
  credentialsCase(
    ['T08', 'two spaces before a valid token'],
    passes,
    async (context) => `Bearer  ${await goodToken(context)}`,
  ),
  credentialsCase(
    ['T09', 'Basic that mentions Bearer'],
    challenged('unsupported_scheme'),
    async (context) => `Basic xBearer ${await goodToken(context)}`,
  ),
  tokenCase(['T10', 'a token with a space'], malformed, () => 'injected token'),
  tokenCase(['T10-quote', 'a token with a quote'], malformed, () => 'to"injected="x'),
  tokenCase(
    ['T10-letter', 'a token with a letter beyond ASCII'],
    malformed,
    () => 'injected\u00E9',
  ),
  tokenCase(
    ['T10-break', 'a token with an encoded line break'],
    malformed,
    () => 'a%0d%0aset-cookie:injected=1',
  ),
  tokenCase(['T12', 'a valid token of 12 KiB'], passes, (context) =>
    goodToken(context, { padding: 'x'.repeat(8 * 1024) }),
  ),
  inQuery,
  tokenCase(['T22', '8,000 dots'], invalidToken('malformed_token'), () => '.'.repeat(8000)),
  tokenCase(['T22-two', 'two segments'], invalidToken('malformed_token'), () => 'a.b'),
  tokenCase(['T22-empty', 'an empty header'], invalidToken('malformed_token'), () => '.b.c'),
]
