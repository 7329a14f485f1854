import { Refusal } from '../errors/refusal.js'
import { discoverEndpoint } from '../keys/discover-endpoint.js'
import type { DiscoveryOptions } from '../keys/discover-endpoint.js'
import { fetchJson } from '../keys/fetch-json.js'
import type { FetchedJson } from '../keys/fetch-json.js'
import { readIntrospectionAnswer } from './introspection-answer.js'
import type { AnswerLifetimes, IntrospectionAnswer } from './introspection-answer.js'

/** Whom to ask about tokens, and as whom. */
export interface AskOptions extends DiscoveryOptions, AnswerLifetimes {
  /** Undefined: the metadata tell. */
  readonly endpoint: string | undefined
  /** The `Authorization` header field that the issuer knows this API by. */
  readonly authorization: string
}

/** Asks an issuer, and remembers nothing that it says. */
export interface IssuerQuestion {
  /** Finds out where to ask. Rejects with what went wrong. */
  readonly locate: () => Promise<string>
  /** Asks about a token. Rejects with a refusal (503) when there is no answer. */
  readonly ask: (token: string) => Promise<IntrospectionAnswer>
}

function toRefusal(thrown: unknown): Refusal {
  if (thrown instanceof Refusal) return thrown
  // Without its cause: a JSON parser quotes what it could not parse, and that may be the token or who it is about.
  const isGarbage = thrown instanceof SyntaxError || thrown instanceof RangeError
  return isGarbage
    ? new Refusal('invalid_introspection_response')
    : new Refusal('introspection_unavailable', { cause: thrown })
}

function readDocument(document: FetchedJson, options: AskOptions): IntrospectionAnswer {
  if (document.found) {
    return readIntrospectionAnswer(document.value, document.cacheControl, options)
  }
  // It is about our credentials. Told on, the caller would throw away a token that may be good.
  if (document.status === 401) throw new Refusal('introspection_credentials_rejected')
  throw new Error(`the introspection endpoint answered with ${document.status}`)
}

/** Asks at the endpoint of an issuer, which is looked for once and, after a failure, anew. */
export function createIssuerQuestion(options: AskOptions): IssuerQuestion {
  const { endpoint, authorization } = options
  let located: Promise<string> | undefined
  const locate = async (): Promise<string> => {
    if (endpoint !== undefined) return endpoint
    located ??= discoverEndpoint('introspection_endpoint', options)
    try {
      return await located
    } catch (thrown) {
      located = undefined
      throw thrown
    }
  }
  return {
    locate,
    ask: async (token) => {
      try {
        const url = await locate()
        // Only in the body: addresses end up in logs (RFC 7662 section 4).
        const body = new URLSearchParams({ token, token_type_hint: 'access_token' })
        return readDocument(await fetchJson(url, options, { authorization, body }), options)
      } catch (thrown) {
        located = undefined
        throw toRefusal(thrown)
      }
    },
  }
}
