import type { SigningAlgorithm } from '@bailiwick/protocol'
import type { JWK } from 'jose'

/** What guards the route. */
export type Guard =
  | 'bailiwick'
  | 'bailiwick-cached'
  | 'jose'
  | 'node-crypto'
  | 'express-oauth2-jwt-bearer'
  | 'unguarded'

/** An API with one route that takes an access token. */
export interface GuardContender {
  readonly suite: 'guard'
  readonly framework: 'Express' | 'Koa' | 'node:http'
  readonly guard: Guard
  readonly publicKey: JWK
  readonly algorithm: SigningAlgorithm
}
