import { Buffer } from 'node:buffer'
import { goodToken, tokenCase } from '../abuse-case.js'
import type { AbuseCase, AbuseContext } from '../abuse-case.js'
import { invalidToken, passes } from '../expected-answers.js'
import { headerOf, signedText } from '../unusual-tokens.js'

const malformed = invalidToken('malformed_token')
const wrongType = invalidToken('wrong_type')

const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`)

// Another spelling of the last digit that decodes to the same bytes, where those leave bits of it unused.
function respell(token: string): string {
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const last = digits.indexOf(token.at(-1) ?? '')
  return `${token.slice(0, -1)}${digits.charAt((last + 1) % digits.length)}`
}

const withPayload =
  (payload: string | Uint8Array) =>
  ({ issuer }: AbuseContext): string =>
    issuer.sign(headerOf(issuer), payload)

const typed =
  (typ: unknown) =>
  (context: AbuseContext): Promise<string> =>
    goodToken(context, {}, { typ })

const noText = Buffer.concat([Buffer.from('{"iss":"'), Buffer.from([0xff]), Buffer.from('"}')])

const deep = `{"x":${'['.repeat(3000)}${']'.repeat(3000)}}`

/** What tokens look like, and of which type they are. */
export const tokenShapeCases: readonly AbuseCase[] = [
  tokenCase(['J01', 'an ID token of the issuer for the API'], wrongType, ({ issuer, scope }) =>
    issuer.idToken({ aud: issuer.audience, client_id: 'web', jti: 'id-1', scope }),
  ),
  tokenCase(['J02', 'a token without typ'], wrongType, typed(undefined)),
  tokenCase(['J03', 'a logout token'], wrongType, typed('logout+jwt')),
  tokenCase(['J03-event', 'a security event'], wrongType, typed('secevent+jwt')),
  tokenCase(
    ['J03-introspection', 'an introspection response'],
    wrongType,
    typed('token-introspection+jwt'),
  ),
  tokenCase(['J04', 'a DPoP proof'], wrongType, typed('dpop+jwt')),
  tokenCase(['J05', 'the type in capitals'], passes, typed('AT+JWT')),
  tokenCase(['J05-long', 'the type as a media type'], passes, typed('application/at+jwt')),
  tokenCase(['J06', 'a typ that is a list'], wrongType, typed(['at+jwt'])),
  tokenCase(['J08', 'five segments (JWE)'], malformed, () => 'a.b.c.d.e'),
  tokenCase(['J09', 'a payload that is a list'], malformed, withPayload('[]')),
  tokenCase(['J09-null', 'a payload that is null'], malformed, withPayload('null')),
  tokenCase(['J09-text', 'a payload that is a text'], malformed, withPayload('"x"')),
  tokenCase(['J09-json', 'a payload that is no JSON'], malformed, withPayload('{x}')),
  tokenCase(['J09-utf8', 'a payload that is no UTF-8'], malformed, withPayload(noText)),
  tokenCase(['J09-header', 'a header that is no JSON'], malformed, ({ issuer }) =>
    issuer.sign('{', {}),
  ),
  tokenCase(['J10', 'a payload of nested lists'], malformed, withPayload(deep)),
  tokenCase(['J10-33', 'a claim nested 33 levels deep'], malformed, (context) =>
    goodToken(context, { x: nested(33) }),
  ),
  tokenCase(['J10-32', 'a claim nested 32 levels deep'], passes, (context) =>
    goodToken(context, { x: nested(32) }),
  ),
  tokenCase(
    ['J11', 'a signature with padding'],
    malformed,
    async (context) => `${await goodToken(context)}==`,
  ),
  tokenCase(['J11-digit', 'another spelling of the last digit'], malformed, async (context) =>
    respell(await goodToken(context)),
  ),
  tokenCase(
    ['J11-length', 'a signature of a length that no bytes have'],
    malformed,
    async (context) => `${await goodToken(context)}AAA`,
  ),
  tokenCase(['J11-base64', 'base64 instead of base64url'], malformed, () => 'YWI+.YWI/.YWI+'),
  tokenCase(['J13', 'an opaque token'], malformed, () => '2YotnFZFEjr1zCsicMWpAA'),
  tokenCase(['J14', 'members that are there twice, of which the last counts'], passes, (context) =>
    signedText(context, {
      header: (json) => `{"alg":"none",${json.slice(1)}`,
      payload: (json) => `{"aud":"https://evil.example",${json.slice(1)}`,
    }),
  ),
]
