/** Where the endpoints are, below the issuer. */
export interface EndpointPaths {
  /**
   * Where browsers are sent to have their user sign in and consent.
   *
   * @defaultValue `'/authorize'`
   */
  readonly authorize?: string
  /**
   * Where browsers come back to from the pages that sign users in.
   *
   * @defaultValue `'/resume'`
   */
  readonly resume?: string
  /**
   * Where clients get tokens.
   *
   * @defaultValue `'/token'`
   */
  readonly token?: string
  /**
   * Where clients ask about the user.
   *
   * @defaultValue `'/userinfo'`
   */
  readonly userinfo?: string
  /**
   * Where APIs ask about tokens.
   *
   * @defaultValue `'/introspect'`
   */
  readonly introspect?: string
  /**
   * Where clients give tokens back.
   *
   * @defaultValue `'/revoke'`
   */
  readonly revoke?: string
  /**
   * Where browsers are sent to have their user sign out.
   *
   * @defaultValue `'/end_session'`
   */
  readonly endSession?: string
  /**
   * The public keys.
   *
   * @defaultValue `'/.well-known/jwks.json'`
   */
  readonly jwks?: string
}
