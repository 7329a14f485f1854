export type { Auth, AuthToken } from './auth.js'
export { ApiAuthError, isApiAuthError, toResponse } from './errors/api-auth-error.js'
export type { ApiAuthErrorOptions, ChallengeOrigin } from './errors/api-auth-error.js'
export type { ApiAuthErrorCode, ApiAuthErrorReason } from './errors/reasons.js'
export type { EventListener, KeySkipReason, ResourceServerEvent } from './events.js'
export type { Fetch } from './keys/fetch-json.js'
export type { KeyHealth } from './keys/issuer-keys.js'
export type { MetadataResponder } from './metadata/metadata-response.js'
export type {
  MetadataOptions,
  ProtectedResourceMetadata,
} from './metadata/protected-resource-metadata.js'
export type {
  ClientAuthOptions,
  IntrospectionOptions,
  IssuerOptions,
  JwksOptions,
  NonEmpty,
  ResourceServerOptions,
  TokenKinds,
} from './options/resource-server-options.js'
export { claim } from './requirements/claim.js'
export type { ClaimRequirements, ClaimValue } from './requirements/claim.js'
export { all, any } from './requirements/combine.js'
export type { Part } from './requirements/combine.js'
export type { Needs } from './requirements/needs.js'
export type { GrantedAccess, Requirement, Unmet } from './requirements/requirement.js'
export { anyScope, scope } from './requirements/scope.js'
export { createResourceServer } from './resource-server.js'
export type { Authentication, RequestFacts, ResourceServer } from './resource-server.js'
export { accessTokenAlgorithms } from './tokens/algorithms.js'
export type { AccessTokenAlgorithm } from './tokens/algorithms.js'
export type { Audience } from './tokens/audience.js'
export type { Claims } from './tokens/decode-token.js'
