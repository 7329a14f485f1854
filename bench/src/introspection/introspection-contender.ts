/** What tells about the tokens. */
export type Introspector = 'bailiwick' | 'oidc-provider'

/** A server that issues opaque access tokens and tells about them. */
export interface IntrospectionContender {
  readonly suite: 'introspection'
  readonly framework: 'node:http' | 'Koa'
  readonly introspector: Introspector
}
