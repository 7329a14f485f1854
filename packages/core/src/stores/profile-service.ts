/** Where the claims of a user go. */
export type ProfileCaller = 'access_token' | 'id_token' | 'userinfo'

/** Which claims are wanted about whom, and for what. */
export interface ProfileRequest {
  /** The user's identifier. */
  readonly subject: string
  readonly clientId: string
  /** The names of the claims that may be sent. Others that are returned are dropped. */
  readonly claimNames: readonly string[]
  readonly caller: ProfileCaller
}

/** Whom a question about a user is for. */
export interface ActiveRequest {
  /** The user's identifier. */
  readonly subject: string
  readonly clientId: string
}

/** Knows the users: your database, directory or whatever else you keep them in. */
export interface ProfileService {
  /** Returns the claims it has. It throws when it could not look, which becomes 503 and never a token without them. */
  readonly claims: (request: ProfileRequest) => Promise<Readonly<Record<string, unknown>>>
  /**
   * Tells whether the user may still be signed in and get tokens: asked at each authorization, code, refresh,
   * userinfo and introspection request. It throws when it could not look, which becomes 503.
   *
   * @defaultValue every user may
   */
  readonly isActive?: (request: ActiveRequest) => Promise<boolean>
}
