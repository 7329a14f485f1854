import { Refusal } from '../errors/refusal.js'
import { discoverEndpoint } from '../keys/discover-endpoint.js'
import type { DiscoveryOptions } from '../keys/discover-endpoint.js'
import { fetchDocument } from '../keys/fetch-json.js'
import type { FetchedDocument } from '../keys/fetch-json.js'
import { monotonicClock } from '../keys/monotonic-clock.js'
import type { Limits } from '../options/limit-options.js'
import type { ProveCaller } from './caller-proof.js'
import { readIntrospectionAnswer } from './introspection-answer.js'
import type { AnswerOptions, IntrospectionAnswer } from './introspection-answer.js'
import { createOutage } from './outage.js'
import type { ResponseFormat } from './read-response.js'

/** Whom to ask about tokens, and as whom. */
export interface AskOptions extends DiscoveryOptions, AnswerOptions {
  /** Undefined: the metadata tell. */
  readonly endpoint: string | undefined
  /** Proves to the issuer which API asks. */
  readonly prove: ProveCaller
  readonly format: ResponseFormat
  readonly limits: Pick<Limits, 'document' | 'depth'>
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

const failure = (status: number): Error =>
  new Error(`the introspection endpoint answered with ${status}`)

/** What an issuer, or the firewall in front of it, says to a token that it dislikes: to its length, or to what is in it. */
const aboutQuestion: ReadonlySet<number> = new Set([400, 403, 406, 413, 414, 422, 431])

/** Throws for what has nothing to do with the token. */
function checkStatus(document: FetchedDocument): FetchedDocument {
  // Whoever has something sent that the issuer dislikes must not keep others from asking.
  if (document.found || aboutQuestion.has(document.status)) return document
  // It is about our credentials. Told on, the caller would throw away a token that may be good.
  if (document.status === 401) throw new Refusal('introspection_credentials_rejected')
  throw failure(document.status)
}

async function readDocument(
  document: FetchedDocument,
  options: AskOptions,
): Promise<IntrospectionAnswer> {
  if (!document.found) {
    throw new Refusal('introspection_unavailable', { cause: failure(document.status) })
  }
  const { text, contentType, cacheControl } = document
  const value = await options.format.read(text, contentType)
  return readIntrospectionAnswer(value, cacheControl, options)
}

/** Asks at the endpoint of an issuer, which is looked for once and, after a failure, anew. */
export function createIssuerQuestion(options: AskOptions): IssuerQuestion {
  const { endpoint, prove, format, now } = options
  const outage = createOutage(monotonicClock(now))
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

  const send = async (token: string): Promise<FetchedDocument> => {
    const url = await locate()
    const { authorization, parameters } = await prove()
    // Only in the body: addresses end up in logs (RFC 7662 section 4).
    const form = new URLSearchParams({ token, token_type_hint: 'access_token', ...parameters })
    const request = { accept: format.mediaType, authorization, form }
    return checkStatus(await fetchDocument(url, request, options))
  }

  return {
    locate,
    ask: async (token) => {
      try {
        return await readDocument(await outage.attempt(() => send(token)), options)
      } catch (thrown) {
        located = undefined
        throw toRefusal(thrown)
      }
    },
  }
}
