/** Where the endpoints are, below the issuer. */
export interface EndpointPaths {
  /** @defaultValue `'/authorize'` */
  readonly authorize?: string
  /** Where browsers come back to from the pages that sign users in. @defaultValue `'/resume'` */
  readonly resume?: string
  /** @defaultValue `'/token'` */
  readonly token?: string
  /** @defaultValue `'/userinfo'` */
  readonly userinfo?: string
  /** @defaultValue `'/introspect'` */
  readonly introspect?: string
  /** @defaultValue `'/revoke'` */
  readonly revoke?: string
  /** @defaultValue `'/end_session'` */
  readonly endSession?: string
  /** @defaultValue `'/.well-known/jwks.json'` */
  readonly jwks?: string
}
