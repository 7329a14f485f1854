import type { SigningKeyJwk } from '@bailiwick/core'

/** The ways in which a token endpoint is served. */
export const frameworks = ['node:http', 'Koa', 'Express'] as const

/** A way in which a token endpoint is served. */
export type Framework = (typeof frameworks)[number]

/** What issues the tokens. */
export type TokenIssuer = 'bailiwick' | 'jose' | 'node-crypto' | 'oidc-provider'

/** A server with a token endpoint. */
export interface TokenContender {
  readonly suite: 'token'
  readonly framework: Framework
  readonly issuer: TokenIssuer
  readonly signingKey: SigningKeyJwk
}
