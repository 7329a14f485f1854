/** Which claims are wanted about whom, and for what. */
export interface ProfileRequest {
  /** The user's identifier. */
  readonly subject: string
  readonly clientId: string
  /** The names of the claims that the token may carry. Others that are returned are dropped. */
  readonly claimNames: readonly string[]
  /** Where the claims go. */
  readonly caller: 'access_token'
}

/** Knows the users: your database, directory or whatever else you keep them in. */
export interface ProfileService {
  /** Returns the claims it has. It throws when it could not look, which becomes 503 and never a token without them. */
  readonly claims: (request: ProfileRequest) => Promise<Readonly<Record<string, unknown>>>
}
