import type { HttpResponse } from '@bailiwick/protocol'

/** What went wrong where no client can be told, because none is known to be there. */
export interface ErrorPage {
  /** A code of the protocol, e.g. `invalid_request`. */
  readonly error: string
  /** Names the parameter that is wrong. */
  readonly description: string
  /** The HTTP status to answer with. */
  readonly status: number
  /** The languages the user prefers, the most wanted first (`ui_locales`, OpenID Connect Core 1.0 section 3.1.2.1). */
  readonly uiLocales: readonly string[]
}

/** What is left to do in the browser when a session has ended. */
export interface LoggedOutPage {
  /** The name of the client that asked for it, if one did. */
  readonly clientName: string | undefined
  /** Where to go on, `state` included. */
  readonly redirectUri: string | undefined
  /** To be loaded in frames that nobody sees, so that clients end their own sessions. */
  readonly frontChannelLogoutUris: readonly string[]
  readonly uiLocales: readonly string[]
}

/** The pages that the server answers with itself. Those on which users sign in and consent are yours. */
export interface Pages {
  /** Says what went wrong, where no client can be told. */
  readonly error: (page: ErrorPage) => HttpResponse
  /** Says that a session has ended, and goes on to the client. */
  readonly loggedOut: (page: LoggedOutPage) => HttpResponse
}
