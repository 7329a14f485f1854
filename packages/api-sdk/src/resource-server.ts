import { ConfigurationError } from '@bailiwick/protocol'
import type {
  ApiResourceName,
  HttpResponse,
  ResourceDefinitions,
  ScopeNameOf,
} from '@bailiwick/protocol'
import { accessOf, admitRequest, admitToken, checkRequirement } from './admit-request.js'
import type { AdmittedCaller } from './admit-request.js'
import { createAuth } from './auth.js'
import type { Auth, AuthChecks } from './auth.js'
import { checkLength } from './credentials/read-credentials.js'
import { ApiAuthError, toResponse } from './errors/api-auth-error.js'
import type { ApiAuthErrorReason } from './errors/reasons.js'
import { Refusal } from './errors/refusal.js'
import { createGatheringOnce } from './gather-once.js'
import type { IssuerKeys, KeyHealth } from './keys/issuer-keys.js'
import { rootOf } from './metadata/metadata-url.js'
import { readKeySnapshot } from './keys/key-snapshot.js'
import type { KeySnapshot } from './keys/key-snapshot.js'
import { metadataResponder } from './metadata/metadata-response.js'
import type { MetadataResponder } from './metadata/metadata-response.js'
import type { ProtectedResourceMetadata } from './metadata/protected-resource-metadata.js'
import { resolveOptions } from './options/resolve-options.js'
import type { ResourceServerSettings } from './options/resolve-options.js'
import type { ResourceServerOptions } from './options/resource-server-options.js'
import { readNeeds } from './requirements/needs.js'
import type { Needs } from './requirements/needs.js'
import type { Requirement } from './requirements/requirement.js'
import type { RequestFacts } from './request-facts.js'
import { challengeSchemes } from './sender-constraints/challenge-schemes.js'
import type { TokenPolicy } from './tokens/token-policy.js'

/** What came of a request: somebody who may pass, or the response that says why not. */
export type Authentication<Scope extends string = string, ClaimTypes extends object = object> =
  | {
      readonly ok: true
      readonly auth: Auth<Scope, ClaimTypes>
      /** Header fields that the response needs, whatever the handler answers. Mostly none. */
      readonly responseHeaders: HttpResponse['headers']
    }
  | { readonly ok: false; readonly error: ApiAuthError; readonly response: HttpResponse }

/** Decides which requests an API accepts. Its members can be destructured. */
export interface ResourceServer<
  Scope extends string = string,
  ClaimTypes extends object = object,
> extends AsyncDisposable {
  /** Validates the access token of a request and what the request needs. Never rejects because of a request. */
  readonly authenticate: (
    request: RequestFacts,
    needs?: Needs<Scope>,
  ) => Promise<Authentication<Scope, ClaimTypes>>
  /**
   * Validates an access token that did not come in the `Authorization` header of an HTTP request, e.g. from a queue or
   * a WebSocket. A bound token needs the request whose DPoP proof or client certificate came with it; without one it is
   * refused. Rejects with an {@link ApiAuthError}.
   */
  readonly verify: (token: string, request?: RequestFacts) => Promise<Auth<Scope, ClaimTypes>>
  /**
   * Checks and prepares what a guard was given, for adapters of your own: do it once for each route, at start-up.
   *
   * @throws ConfigurationError when it is empty or names a scope that is not among those of this API.
   */
  readonly requirement: (needs: Needs<Scope>) => Requirement<Scope>
  /**
   * Loads the keys of every issuer, from the store if that has fresh ones, and finds out where to ask about opaque tokens,
   * to know at start-up whether that works. Without it the first request does.
   * Rejects with a ConfigurationError when the metadata of an issuer contradict the configuration, and with an
   * {@link ApiAuthError} 503 when an issuer cannot be reached.
   */
  readonly ready: () => Promise<void>
  /** How the keys of each issuer are, for readiness probes. None with `tokens: 'introspection'`, which needs none. */
  readonly health: () => readonly KeyHealth[]
  /** What is known about the issuers, for the next process to {@link ResourceServer.hydrate} from. Public keys only. */
  readonly snapshot: () => KeySnapshot
  /**
   * Takes over a snapshot, so that a new process fetches nothing until the keys are due. Issuers that are not configured
   * are left out, and so are keys from the future; younger keys and those of the configuration are kept. Rejects with a
   * ConfigurationError when it is no snapshot.
   */
  readonly hydrate: (snapshot: unknown) => Promise<void>
  /**
   * Ends everything that reaches out, at shutdown or after a test: fetches under way are aborted, none begins any more, no
   * timer of one is left, and `verifiedCache` is emptied. Requests are still decided, so that those under way can be finished,
   * with the keys and answers that are there; one that needs more is answered with 503. Used DPoP proofs are still
   * remembered, and `isRevoked` and a `replayStore` still asked: what these need has to be closed later. Any number of
   * calls do the same as one, and so does `await using`.
   */
  readonly close: () => Promise<void>
  /** The metadata document (RFC 9728 section 2). */
  readonly metadata: ProtectedResourceMetadata
  /** Where clients look for it. Undefined when the name of the resource is no http(s) URL. */
  readonly metadataUrl: string | undefined
  /** Serves it. Undefined for every other request. */
  readonly metadataResponse: MetadataResponder
}

const noMetadata: MetadataResponder = () => undefined

/** What a refusal is about. */
interface RefusalContext {
  readonly requirement?: Requirement | undefined
  readonly request?: RequestFacts | undefined
  readonly duration?: number | undefined
}

/** The one place where something thrown becomes an answer. What nobody expected is ours, and closes the door. */
function toError(
  thrown: unknown,
  { origin, constraints, emit }: ResourceServerSettings,
  { requirement, request, duration }: RefusalContext = {},
): ApiAuthError {
  const { reason, details } =
    thrown instanceof Refusal ? thrown : new Refusal('internal', { cause: thrown })
  const { scopes = requirement?.advertised, issuer, cause } = details
  emit({ type: 'refused', reason, issuer, duration, cause })
  const schemes = challengeSchemes({ reason, request }, constraints.dpop)
  return new ApiAuthError(reason, { ...details, origin, schemes, scopes })
}

/** What an {@link Auth} can still be asked after the guard. */
function checksOf<Scope extends string>(
  caller: AdmittedCaller,
  settings: ResourceServerSettings,
): AuthChecks<Scope> {
  const attempt = <Result>(requirement: Requirement, step: () => Result): Result => {
    try {
      return step()
    } catch (thrown) {
      throw toError(thrown, settings, { requirement, request: caller.request })
    }
  }
  return {
    has: (needs) => {
      const requirement = readNeeds(needs, settings)
      return attempt(
        requirement,
        () => requirement.findUnmet(accessOf(caller, settings)) === undefined,
      )
    },
    require: (needs) => {
      const requirement = readNeeds(needs, settings)
      attempt(requirement, () => {
        checkRequirement(requirement, caller, settings)
      })
    },
  }
}

/** Measures how long a decision takes, in seconds, if anybody wants to know. */
function startMeasuring({ isHeard }: ResourceServerSettings): (() => number) | undefined {
  if (!isHeard()) return undefined
  const start = performance.now()
  return () => (performance.now() - start) / 1000
}

function tellAccepted(
  { verified: { issuer } }: AdmittedCaller,
  duration: number | undefined,
  { emit }: ResourceServerSettings,
): void {
  if (duration !== undefined) emit({ type: 'accepted', issuer, duration })
}

/** The keys that are of use: none when the issuer is asked about every token. */
const keysOf = ({ issuers, asked }: TokenPolicy): readonly IssuerKeys[] =>
  asked?.about === 'every' ? [] : [...issuers.values()].map(({ keys }) => keys)

async function prepare(settings: ResourceServerSettings): Promise<void> {
  const { policy } = settings
  const attempt = async (work: Promise<unknown>, reason: ApiAuthErrorReason): Promise<void> => {
    try {
      await work
    } catch (cause) {
      if (cause instanceof ConfigurationError) throw cause
      throw toError(new Refusal(reason, { cause }), settings)
    }
  }
  await Promise.all([
    ...keysOf(policy).map(({ load }) => attempt(load(), 'keys_unavailable')),
    attempt(Promise.resolve(policy.asked?.introspection.prepare()), 'introspection_unavailable'),
  ])
}

async function hydrate({ issuers }: KeySnapshot, policy: TokenPolicy): Promise<void> {
  await Promise.all(
    issuers.flatMap(
      (snapshot) => policy.issuers.get(snapshot.issuer)?.keys.hydrate(snapshot) ?? [],
    ),
  )
}

function serve<Scope extends string, ClaimTypes extends object>(
  settings: ResourceServerSettings<ClaimTypes>,
): ResourceServer<Scope, ClaimTypes> {
  const { policy, closing, metadata, metadataUrl, rootAlias } = settings
  const accept = (caller: AdmittedCaller<ClaimTypes>): Auth<Scope, ClaimTypes> =>
    createAuth(caller, checksOf(caller, settings))
  const gather = createGatheringOnce()
  const close = async (): Promise<void> => {
    closing.close()
    policy.verifiedCache?.clear()
  }

  return {
    authenticate: async (request, needs) => {
      const duration = startMeasuring(settings)
      const requirement = needs === undefined ? undefined : readNeeds(needs, settings)
      try {
        await gather(request.source)
        const caller = await admitRequest(request, requirement, settings)
        tellAccepted(caller, duration?.(), settings)
        return { ok: true, auth: accept(caller), responseHeaders: caller.responseHeaders }
      } catch (thrown) {
        const context = { requirement, request, duration: duration?.() }
        const error = toError(thrown, settings, context)
        return { ok: false, error, response: toResponse(error) }
      }
    },
    verify: async (token, request) => {
      const duration = startMeasuring(settings)
      try {
        const scheme = request?.headers['dpop'] === undefined ? 'Bearer' : 'DPoP'
        const presented = { scheme, token: checkLength(token, policy.limits), request } as const
        const caller = await admitToken(presented, settings)
        tellAccepted(caller, duration?.(), settings)
        return accept(caller)
      } catch (thrown) {
        throw toError(thrown, settings, { request, duration: duration?.() })
      }
    },
    requirement: (needs) => readNeeds(needs, settings),
    ready: () => prepare(settings),
    health: () => keysOf(policy).map((keys) => keys.health()),
    snapshot: () => ({ issuers: keysOf(policy).flatMap((keys) => keys.snapshot() ?? []) }),
    hydrate: async (snapshot) => hydrate(readKeySnapshot(snapshot), policy),
    close,
    [Symbol.asyncDispose]: close,
    metadata,
    metadataUrl,
    metadataResponse:
      metadataUrl === undefined
        ? noMetadata
        : metadataResponder(
            metadata,
            rootAlias ? [metadataUrl, rootOf(metadataUrl)] : [metadataUrl],
          ),
  }
}

/**
 * Creates the side of an API that decides which requests may pass: validates JWT access tokens strictly by RFC 9068,
 * asks the issuer about opaque ones if it may (RFC 7662), and answers refused requests by RFC 6750. Nothing is fetched
 * until the first request, or until `ready()`.
 *
 * @example
 * ```ts
 * const api = createResourceServer({ resource: 'urn:invoices', issuers: 'https://id.example.com', resources })
 * ```
 * @throws ConfigurationError with everything that is wrong with the options.
 */
export function createResourceServer<
  const Definitions extends ResourceDefinitions = ResourceDefinitions,
  const Name extends ApiResourceName<Definitions> = ApiResourceName<Definitions>,
  ClaimTypes extends object = object,
>(
  options: ResourceServerOptions<Definitions, Name, ClaimTypes>,
): ResourceServer<ScopeNameOf<Definitions, Name>, ClaimTypes> {
  return serve(resolveOptions(options))
}
