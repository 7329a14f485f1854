import type { SigningAlgorithm } from '@bailiwick/protocol'
import type { JWK } from 'jose'

/** What guards the route. */
export type Guard = 'bailiwick' | 'jose' | 'express-oauth2-jwt-bearer'

/** An API with one route that takes an access token. */
export interface GuardContender {
  readonly suite: 'guard'
  readonly framework: 'Express' | 'Koa'
  readonly guard: Guard
  readonly publicKey: JWK
  readonly algorithm: SigningAlgorithm
}
