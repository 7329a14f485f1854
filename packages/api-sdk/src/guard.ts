import { ConfigurationError } from '@bailiwick/protocol'
import type { HttpResponse } from '@bailiwick/protocol'
import type { Auth } from './auth.js'
import { isRecord } from './is-record.js'
import { check, members, optional } from './options/checks.js'
import { createRequestSlot } from './request-slot.js'
import type { RequestFacts } from './request-facts.js'
import type { Needs } from './requirements/needs.js'
import type { ResourceServer } from './resource-server.js'

/** How a guard treats requests. */
export interface GuardOptions {
  /**
   * Lets requests without credentials pass, as anonymous. Requests with credentials that are no good are refused all
   * the same, and what the guard needs still counts for everybody who is not anonymous.
   *
   * @defaultValue `false`
   */
  readonly optional?: boolean
  /**
   * What becomes of a request that may not pass. `respond`: the guard answers it. `next` (the word of Express) and `throw`
   * (that of the others): the error handling of your application gets an `ApiAuthError`, whose `status` and `headers` it
   * has to send.
   *
   * @defaultValue `'respond'`
   */
  readonly onError?: 'respond' | 'next' | 'throw'
}

/** What a guard says about a request: it may pass, and its response needs these header fields; or it is answered. */
type GuardDecision =
  | { readonly passes: true; readonly responseHeaders: HttpResponse['headers'] }
  | { readonly passes: false; readonly response: HttpResponse }

/** Decides about one request of a framework. */
type GuardRequest = (request: object, facts: RequestFacts) => Promise<GuardDecision>

/** What the guards of all frameworks do, whatever their requests look like. */
export interface GuardCore<Scope extends string, ClaimTypes extends object> {
  readonly guard: (needs?: Needs<Scope>, options?: GuardOptions) => GuardRequest
  readonly auth: (request: object) => Auth<Scope, ClaimTypes>
  readonly maybeAuth: (request: object) => Auth<Scope, ClaimTypes> | undefined
  /** Serves the metadata document. */
  readonly metadata: () => ResourceServer['metadataResponse']
}

const anonymous: GuardDecision = { passes: true, responseHeaders: {} }

const misuse = (path: string, message: string): ConfigurationError =>
  new ConfigurationError([{ path, message }])

const guardOptions = members({
  optional: optional(check((value) => typeof value === 'boolean', 'true or false is needed')),
  onError: optional(
    check(
      (value) => value === 'respond' || value === 'next' || value === 'throw',
      "'respond', 'next' or 'throw' is needed",
    ),
  ),
})

function checkGuardOptions(options: unknown): void {
  if (!isRecord(options)) {
    throw misuse('guard', 'the second argument are options: write several scopes as a list')
  }
  const problems = guardOptions(options, 'guard')
  if (problems.length > 0) throw new ConfigurationError(problems)
}

function checkApi(api: unknown): void {
  if (isRecord(api) && typeof api['authenticate'] === 'function') return
  throw misuse('guardWith', 'what createResourceServer returned is needed')
}

/** Guards the requests of one API. Who calls is kept where neither a body parser nor another API's guard can put it. */
export function createGuardCore<Scope extends string, ClaimTypes extends object>(
  api: ResourceServer<Scope, ClaimTypes>,
): GuardCore<Scope, ClaimTypes> {
  checkApi(api)
  const auths = createRequestSlot<Auth<Scope, ClaimTypes> | undefined>()
  return {
    guard: (needs, options = {}) => {
      const requirement = needs === undefined ? undefined : api.requirement(needs)
      checkGuardOptions(options)
      const { optional: isOptional = false, onError = 'respond' } = options
      return async (request, facts) => {
        const result = await api.authenticate(facts, requirement)
        if (result.ok) {
          auths.set(request, result.auth)
          return { passes: true, responseHeaders: result.responseHeaders }
        }
        if (isOptional && result.error.reason === 'no_credentials') {
          auths.set(request, undefined)
          return anonymous
        }
        // Clients need the metadata to get a token at all, so a guard in front of everything must not hide them.
        const document = api.metadataResponse(facts)
        if (document === undefined && onError !== 'respond') throw result.error
        return { passes: false, response: document ?? result.response }
      }
    },
    auth: (request) => {
      const auth = auths.get(request)
      if (auth !== undefined) return auth
      throw auths.has(request)
        ? misuse('guard.auth', 'the guard of this route is optional: use maybeAuth')
        : misuse('guard.auth', 'this route has no guard of this API: put one before its handler')
    },
    maybeAuth: (request) => auths.get(request),
    metadata: () => {
      if (api.metadataUrl !== undefined) return api.metadataResponse
      throw misuse('guard.metadata', 'a resource whose name is no http(s) URL has no metadata')
    },
  }
}
