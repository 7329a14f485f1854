import type { JsonValue } from '../stores/store.js'
import type { ClientDisplay } from '../stores/client-store.js'

/** What a page has to ask of the user. */
export type InteractionPrompt = 'login' | 'select_account' | 'create' | 'consent' | 'logout'

/** A scope as a consent page shows it. */
export interface ConsentScope {
  /** The scope value, which {@link ConsentDecision.scopes} repeats when the user allows it. */
  readonly value: string
  readonly displayName: string
  readonly description: string | undefined
  /** What a parameterized scope is about: the `42` of `transaction:42`. */
  readonly parameter: string | undefined
  /** It cannot be unticked: without it there is no consent. */
  readonly required: boolean
  /** To be pointed out. */
  readonly emphasize: boolean
}

/** An API as a consent page shows it, with the scopes that the client wants there. */
export interface ConsentApi {
  /** The name of the API resource; `undefined` for scopes that belong to no API. */
  readonly name: string | undefined
  readonly displayName: string | undefined
  readonly description: string | undefined
  /** A scope that several APIs list is shown below each. */
  readonly scopes: readonly ConsentScope[]
}

/** What a user is asked to consent to. */
export interface ConsentRequest {
  /** Identity resources: what the client wants to know about the user. */
  readonly aboutYou: readonly ConsentScope[]
  /** API scopes: what the client wants to do in the user's name, by API. */
  readonly access: readonly ConsentApi[]
  /** Present when the client wants to act while the user is away. Its value is `offline_access`. */
  readonly offlineAccess: ConsentScope | undefined
  /** Whether the user may have the answer remembered. */
  readonly mayBeRemembered: boolean
}

/** Something that a user has to be asked before a request can be answered. */
export interface Interaction {
  readonly id: string
  readonly prompt: InteractionPrompt
  /** Who wants the user to be asked; `undefined` for a logout that no client asked for. */
  readonly client: ClientDisplay | undefined
  /** Where the answer goes in the end: the client's redirect URI, without any parameter of the answer. */
  readonly redirectUri: string | undefined
  /** Who is signed in in this browser. */
  readonly user: { readonly subject: string } | undefined
  /** `login_hint`: what the client believes the user signs in as. */
  readonly loginHint: string | undefined
  /** `acr_values`: the authentication context classes the client asks for, the most wanted first. */
  readonly acrValues: readonly string[]
  /** `ui_locales`: the languages the user prefers, the most wanted first. */
  readonly uiLocales: readonly string[]
  /** `display`: `page`, `popup`, `touch` or `wap` (OpenID Connect Core 1.0 section 3.1.2.1). */
  readonly display: string | undefined
  /** What is asked for when {@link prompt} is `consent`. */
  readonly consent: ConsentRequest | undefined
  /** Seconds since the epoch. */
  readonly expiresAt: number
  /** The mark of the browser it began in: see `Interactions.isSameBrowser`. */
  readonly browser: string
}

/** How a user signed in. */
export interface Login {
  /** The user's identifier. */
  readonly subject: string
  /** How the user proved it (RFC 8176), e.g. `['pwd']`. */
  readonly amr?: readonly string[]
  /** The authentication context class that was reached. */
  readonly acr?: string
  /** When, in seconds since the epoch. Without it: now. */
  readonly authTime?: number
  /** The identity provider at which the user signed in, if it was another one. */
  readonly identityProvider?: string
  /** Claims that are only known from this login. They are kept with the session; the profile service's win. */
  readonly claims?: Readonly<Record<string, JsonValue>>
}

/** What a user allowed. */
export interface ConsentDecision {
  /** Those of the scope values that were asked for which the user allows. */
  readonly scopes: readonly string[]
  /**
   * Whether to remember it, where the client permits.
   *
   * @defaultValue `false`
   */
  readonly remember?: boolean
}

/** Why a request ends without what it asked for, as its client is told. */
export type DenialCode =
  | 'access_denied'
  | 'login_required'
  | 'account_selection_required'
  | 'consent_required'
  | 'interaction_required'
  | 'unmet_authentication_requirements'
  | 'temporarily_unavailable'
