export { bodyLimit, readBody, readParsedBody } from './body.js'
export { formatChallenge } from './challenge.js'
export type { Challenge } from './challenge.js'
export { isProtocolClaim } from './claims.js'
export type { AccessTokenClaims } from './claims.js'
export { ConfigurationError } from './configuration-error.js'
export type { ConfigurationProblem } from './configuration-error.js'
export { checkDPoPProof } from './dpop/check-dpop-proof.js'
export type { DPoPExpectations, DPoPProof } from './dpop/check-dpop-proof.js'
export { dpopAlgorithms, isDPoPAlgorithm } from './dpop/dpop-algorithms.js'
export type { DPoPAlgorithm } from './dpop/dpop-algorithms.js'
export { DPoPProofError } from './dpop/dpop-proof-error.js'
export type { DPoPProofProblem } from './dpop/dpop-proof-error.js'
export { createGathering } from './gathering.js'
export type { Gather } from './gathering.js'
export { given } from './given.js'
export type { HttpHandler, HttpRequest, HttpResponse } from './http.js'
export { isSameText } from './is-same-text.js'
export { isWorkerd } from './is-workerd.js'
export { isOAuthError, OAuthError } from './oauth-error.js'
export type { OAuthErrorCode, OAuthErrorOptions } from './oauth-error.js'
export { isResourceIndicator } from './resource-indicator.js'
export { checkAlgorithms } from './resources/check-algorithms.js'
export { checkResources } from './resources/check-resources.js'
export type { AvailableAlgorithms } from './resources/check-resources.js'
export { checkSecrets } from './resources/check-secrets.js'
export { defineResources } from './resources/define-resources.js'
export type {
  ApiResourceName,
  ApiScopeEntry,
  ApiScopeName,
  IdentityResourceEntry,
  ResourceDefinitions,
  ScopeName,
  ScopeNameOf,
} from './resources/define-resources.js'
export type {
  ApiResource,
  ApiScope,
  IdentityResource,
  ScopeParameter,
  Secret,
} from './resources/resource.js'
export {
  address,
  email,
  openid,
  phone,
  profile,
  standardIdentityResources,
} from './resources/standard-identity-resources.js'
export type { StandardIdentityResourceName } from './resources/standard-identity-resources.js'
export { safeText } from './safe-text.js'
export { isScopeToken, parseScope } from './scope.js'
export { fitsAlgorithm, isSigningAlgorithm, signingAlgorithms } from './signing-algorithm.js'
export type { SigningAlgorithm } from './signing-algorithm.js'
