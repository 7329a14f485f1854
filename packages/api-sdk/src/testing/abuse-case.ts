import type { ApiAuthErrorReason } from '../errors/reasons.js'
import type { TestIssuer } from './test-issuer.js'

/** The guarded route that is abused. */
export interface AbuseContext {
  /** The issuer that its API trusts. */
  readonly issuer: TestIssuer
  /** Where the route is, e.g. `http://127.0.0.1:5002/invoices`. */
  readonly url: string
  /** The scopes that its guard needs, separated by spaces. It needs nothing else that tokens of the issuer lack. */
  readonly scope: string
  /** @defaultValue `GET` */
  readonly method?: string
  /**
   * Where clients reach the route in production, which is what DPoP proofs are for.
   *
   * @defaultValue the path of `url` at the origin of the audience, where that is an http(s) URL, otherwise `url`
   */
  readonly publicUrl?: string
}

/** A request to send as it is. It fits `fetch(request.url, request)`. */
export interface AbuseRequest {
  readonly method: string
  readonly url: string
  /** Each pair is one header field, so that there can be two of the same name. Not readonly, because `fetch` is not. */
  readonly headers: [name: string, value: string][]
}

/** A challenge that the response must have. */
export interface ExpectedChallenge {
  readonly scheme: 'Bearer' | 'DPoP'
  /** Undefined: it must not tell of an error. */
  readonly error?: string
}

/** What the API has to answer. */
export interface ExpectedAnswer {
  /** 200 stands for every success: what the handler answers is its own business. */
  readonly status: 200 | 400 | 401 | 403 | 503
  /** These challenges in any order, and no other, unless it offers DPoP without telling of an error. */
  readonly challenges: readonly ExpectedChallenge[]
  /** What the event `refused` of an API says that has no other options than its issuer. */
  readonly reason?: ApiAuthErrorReason
}

/** One way to get past a guard, or to be kept out wrongly. */
export interface AbuseCase {
  /** Of the catalogue of Bailiwick, with the variant after a dash: `C01-null`. It does not change. */
  readonly id: string
  readonly title: string
  /** Makes the request that abuses a route. */
  readonly request: (context: AbuseContext) => Promise<AbuseRequest>
  readonly expected: ExpectedAnswer
  /** Whether the request is sent once before. It passes then, and the second time is what counts. */
  readonly isReplay?: boolean
}

/** The part of a case that says which it is. */
export type AbuseName = readonly [id: string, title: string]

type Credentials = string | readonly string[] | undefined

/** Makes a request with any number of `Authorization` fields. */
export function requestWith(
  { url, method = 'GET' }: AbuseContext,
  authorization: Credentials,
): AbuseRequest {
  const fields = [authorization ?? []].flat()
  return { method, url, headers: fields.map((field) => ['authorization', field]) }
}

/** The token of the issuer that the route lets pass, except for what is changed. */
export async function goodToken(
  { issuer, scope }: Pick<AbuseContext, 'issuer' | 'scope'>,
  claims: Readonly<Record<string, unknown>> = {},
  header: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  return issuer.token({ scope, ...claims }, { header })
}

/** A case that is in what the `Authorization` header says. */
export function credentialsCase(
  [id, title]: AbuseName,
  expected: ExpectedAnswer,
  make: (context: AbuseContext) => Credentials | Promise<Credentials>,
): AbuseCase {
  return {
    id,
    title,
    expected,
    request: async (context) => requestWith(context, await make(context)),
  }
}

/** A case that is in the token. */
export function tokenCase(
  name: AbuseName,
  expected: ExpectedAnswer,
  make: (context: AbuseContext) => string | Promise<string>,
): AbuseCase {
  return credentialsCase(name, expected, async (context) => `Bearer ${await make(context)}`)
}

/** A case that is in claims of a token that is valid otherwise. */
export function claimsCase(
  name: AbuseName,
  expected: ExpectedAnswer,
  claims: object | ((context: AbuseContext) => object),
): AbuseCase {
  return tokenCase(name, expected, (context) =>
    goodToken(context, { ...(typeof claims === 'function' ? claims(context) : claims) }),
  )
}
