import type { HttpRequest, HttpResponse, SigningAlgorithm } from '@bailiwick/protocol'
import type { ServerContext } from '../context.js'
import { accepts } from '../http/accepts.js'
import { noStore } from '../http/responses.js'
import type { Introspection } from '../tokens/introspect.js'
import { nameOfReader } from '../tokens/token-reader.js'
import type { TokenReader } from '../tokens/token-reader.js'

/** An answer of the introspection endpoint (RFC 7662 section 2.2): `active`, and if that is `true` what may be known. */
export type IntrospectionBody = Readonly<Record<string, unknown>>

const jsonType = 'application/json'
const jwtType = 'application/token-introspection+jwt'

/** First for people who read it, and last because no claim of a token may say anything else. */
const active = ['active', true] as const

/** Writes down what somebody may know of a token. */
export const introspectionBody = (introspection: Introspection | undefined): IntrospectionBody =>
  introspection === undefined
    ? { active: false }
    : Object.fromEntries([active, ...introspection.members, active])

/** For how long the answer may be kept: what is no good now may be so a moment later. */
function cachingOf(
  introspection: Introspection | undefined,
  { introspectionMaxAge, now }: ServerContext,
): HttpResponse['headers'] {
  const maxAge = Math.min(introspectionMaxAge, (introspection?.expiresAt ?? 0) - now())
  return maxAge > 0 ? { 'cache-control': `private, max-age=${maxAge}` } : noStore
}

function algorithmFor(reader: TokenReader, { signer }: ServerContext): SigningAlgorithm {
  const { allowedAccessTokenSigningAlgorithms: [first] = [] } =
    reader.kind === 'api' ? reader.api.apiResource : {}
  return first ?? signer.algorithms[0]
}

/** Signs an answer (RFC 9701 section 5). It has neither `sub` nor `exp`, so that nobody can take it for an access token. */
function sign(
  body: IntrospectionBody,
  reader: TokenReader,
  context: ServerContext,
): Promise<string> {
  return context.signer.sign({
    typ: 'token-introspection+jwt',
    algorithm: algorithmFor(reader, context),
    claims: {
      iss: context.issuer,
      aud: nameOfReader(reader),
      iat: context.now(),
      token_introspection: body,
    },
  })
}

/** Tells somebody about a token, in JSON or, if that is asked for, in a signed JWT (RFC 9701 section 4). */
export async function introspectionResponse(
  introspection: Introspection | undefined,
  { request, reader }: { readonly request: HttpRequest; readonly reader: TokenReader },
  context: ServerContext,
): Promise<HttpResponse> {
  const body = introspectionBody(introspection)
  const isSigned = accepts(request, jwtType, jsonType)
  return {
    status: 200,
    headers: {
      'content-type': isSigned ? jwtType : jsonType,
      ...cachingOf(introspection, context),
    },
    body: isSigned ? await sign(body, reader, context) : JSON.stringify(body),
  }
}
