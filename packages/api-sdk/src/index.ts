export type { Auth, AuthToken } from './auth.js'
export type { CookieSourceOptions, SourceOptions } from './credentials/token-sources.js'
export { ApiAuthError, isApiAuthError, toResponse } from './errors/api-auth-error.js'
export type { ApiAuthErrorOptions } from './errors/api-auth-error.js'
export type {
  ChallengeContent,
  ChallengeOptions,
  ChallengeOrigin,
  TokenScheme,
} from './errors/challenges.js'
export type { ApiAuthErrorCode, ApiAuthErrorReason, ForbiddenReason } from './errors/reasons.js'
export type { EventListener, KeySkipReason, ResourceServerEvent } from './events.js'
export type { Fetch } from './keys/fetch-json.js'
export type { PrivateJwk } from './introspection/private-key-jwt.js'
export type { IssuerKeysSnapshot, KeySnapshot } from './keys/key-snapshot.js'
export type { KeyStore } from './keys/key-store.js'
export type { KeyHealth } from './keys/issuer-keys.js'
export type { MetadataPlace, MetadataResponder } from './metadata/metadata-response.js'
export type {
  MetadataOptions,
  ProtectedResourceMetadata,
} from './metadata/protected-resource-metadata.js'
export type {
  ClientAuthOptions,
  ClientSecretOptions,
  PrivateKeyOptions,
} from './options/client-auth-options.js'
export type { LimitOptions } from './options/limit-options.js'
export type {
  IntrospectionOptions,
  IssuerOptions,
  JwksOptions,
  NonEmpty,
  ResourceServerOptions,
  TokenKinds,
} from './options/resource-server-options.js'
export type { ProfileName } from './options/profiles.js'
export type {
  DPoPMode,
  DPoPNonceOptions,
  DPoPOptions,
  MtlsOptions,
} from './options/sender-constraint-options.js'
export { all } from './requirements/all.js'
export { anyScope } from './requirements/any-scope.js'
export { any } from './requirements/any.js'
export { authorizationDetails } from './requirements/authorization-details.js'
export type { DetailPredicate } from './requirements/authorization-details.js'
export type { ClaimPath } from './requirements/claim-path.js'
export { claim } from './requirements/claim.js'
export type { ClaimRequirements, ClaimValue } from './requirements/claim.js'
export { client } from './requirements/client.js'
export type { ClaimLocation } from './requirements/claim-location.js'
export { machine } from './requirements/machine.js'
export type { Names } from './requirements/names.js'
export type { Needs } from './requirements/needs.js'
export type { Part } from './requirements/part.js'
export type { GrantedAccess, Requirement } from './requirements/requirement.js'
export type { RequestReader } from './requirements/request-reader.js'
export { role } from './requirements/role.js'
export { scopePattern } from './requirements/scope-pattern.js'
export type { PatternScope, ScopePattern } from './requirements/scope-pattern.js'
export { scope } from './requirements/scope.js'
export { senderConstrained } from './requirements/sender-constrained.js'
export { stepUp } from './requirements/step-up.js'
export type { StepUpOptions } from './requirements/step-up.js'
export { tenant } from './requirements/tenant.js'
export type { Unmet } from './requirements/unmet.js'
export { user } from './requirements/user.js'
export type { RevocableToken, RevocationOptions } from './revocation/revocation-check.js'
export { createResourceServer } from './resource-server.js'
export type { Authentication, ResourceServer } from './resource-server.js'
export type { FormParameters, RequestFacts, RouteParameters } from './request-facts.js'
export { headerCertificate, tlsCertificate } from './sender-constraints/certificate-resolvers.js'
export type { HeaderCertificateOptions } from './sender-constraints/certificate-resolvers.js'
export { createMemoryReplayStore } from './sender-constraints/memory-replay-store.js'
export type { MemoryReplayStoreOptions } from './sender-constraints/memory-replay-store.js'
export type { Binding } from './sender-constraints/prove-binding.js'
export type { CertificateResolver } from './sender-constraints/prove-certificate.js'
export type { ReplayStore } from './sender-constraints/replay-store.js'
export { accessTokenAlgorithms } from './tokens/algorithms.js'
export type { AccessTokenAlgorithm } from './tokens/algorithms.js'
export { dangerouslySkip } from './tokens/audience.js'
export type { Audience } from './tokens/audience.js'
export type { Claims } from './tokens/decode-token.js'
export type { ClaimsSchema } from './tokens/parse-claims.js'
export type { AuthorizationDetail } from './tokens/read-authorization-details.js'
export type { VerifiedCacheOptions } from './tokens/verified-cache.js'
export type { MissableClaim, TokenHolder, TokenShape } from './tokens/token-shape.js'
