export { createAuthorizationServer } from './authorization-server.js'
export type { AuthorizationServer } from './authorization-server.js'
export type {
  Administration,
  AdministrationFilter,
  GrantDetails,
  ListPart,
  Revoked,
  SessionDetails,
} from './authorization/administration.js'
export { createLoginThrottle } from './authorization/create-login-throttle.js'
export type { AttemptLimit, LoginThrottleOptions } from './authorization/create-login-throttle.js'
export type {
  ConsentApi,
  ConsentDecision,
  ConsentRequest,
  ConsentScope,
  DenialCode,
  Interaction,
  InteractionPrompt,
  Login,
} from './authorization/interaction.js'
export type { Interactions } from './authorization/interactions.js'
export type { LoginAttempt, LoginThrottle } from './authorization/login-throttle.js'
export type { Session, Sessions } from './authorization/sessions.js'
export type { UserGrant, UserGrants } from './authorization/user-grants.js'
export type { AuthenticatedClient } from './client-authentication/authenticate-client.js'
export { defaultClientAuthenticationMethods } from './client-authentication/index.js'
export type {
  ClientAuthenticationInput,
  ClientAuthenticationMethod,
  ClientCredentials,
} from './client-authentication/method.js'
export type { Compatibility, CompatibilityName } from './compatibility.js'
export type { ServerContext, SessionPolicy } from './context.js'
export type {
  AlgorithmsDisagree,
  AlgorithmSelected,
  AlgorithmVotes,
  ApiIncluded,
  ApiLeftOut,
  AudienceDecided,
  ClaimIncluded,
  ClaimLeftOut,
  ClaimSource,
  ClaimTarget,
  CompatibilityApplied,
  ConsentDecided,
  Decision,
  LifetimeDecided,
  Report,
  ResourceNeeded,
  ResourceRefused,
  ScopeDropped,
  ScopeGranted,
  ScopeRefused,
  ScopesAssumed,
  TokenLeftOut,
  TokenNarrowed,
} from './decision.js'
export { compareExplanations } from './explain/compare-explanations.js'
export type { ExplanationDifference } from './explain/compare-explanations.js'
export type { DecisionDescription } from './explain/describe/description.js'
export { summarizeDecisions } from './explain/describe/summarize-decisions.js'
export type { DecisionSummary } from './explain/describe/summarize-decisions.js'
export type { AuthorizedBefore, ExplainRequest, RefreshRequest } from './explain/explain-request.js'
export type { TokenExplanation } from './explain/explain-token.js'
export type { ExplainedDecision, ExplainedToken, Explanation } from './explain/explanation.js'
export type { ProtocolClaim } from './explain/protocol-claims.js'
export type { Suggestion } from './explain/suggest/suggestion.js'
export type { ExplainedError, Phase } from './explain/trace.js'
export type { WhyNotAnswer } from './explain/why-not/why-not-answer.js'
export type { EndpointPaths } from './endpoint-paths.js'
export type { IntrospectionBody } from './endpoints/introspection-response.js'
export type { LocalApi } from './endpoints/local-api.js'
export type {
  KeyCreatedEvent,
  KeyRevokedEvent,
  KeysNotReadEvent,
  LogoutDeliveredEvent,
  LogoutFailedEvent,
  ReplayDetectedEvent,
  RequestRejectedEvent,
  ServerErrorEvent,
  ServerEvent,
  SignedInEvent,
  SignedOutEvent,
  TokenIssuedEvent,
  TokenRevokedEvent,
} from './events.js'
export type { Grant, GrantDecision, TokenRequest } from './grants/grant.js'
export { defaultGrants } from './grants/index.js'
export type { CsrfTokens } from './http/csrf.js'
export type { Parameters } from './http/parameters.js'
export type { KeyDescription, KeyManager, KeyStatus, RotationOptions } from './keys/key-manager.js'
export type { Signer } from './keys/signer.js'
export { generateSigningKey } from './keys/signing-keys.js'
export type { SigningKeyJwk } from './keys/signing-keys.js'
export type { TokenSigner, UnsignedToken } from './keys/token-signer.js'
export type { VerifiedJwt } from './keys/verify-jwt.js'
export { createMemoryStore } from './memory/create-memory-store.js'
export type { MemoryStoreOptions } from './memory/create-memory-store.js'
export { checkOptions } from './options.js'
export type {
  AuthorizationServerOptions,
  SessionOptions,
} from './options/authorization-server-options.js'
export type { KeyManagementOptions } from './options/key-management-options.js'
export type { ErrorPage, LoggedOutPage, Pages } from './pages.js'
export { sha256 } from './sha256.js'
export type { AccessTokenType, ApplicationType, Client } from './stores/client.js'
export type {
  ClientDisplay,
  ClientStore,
  ConsentPolicy,
  HashedSecret,
  RefreshTokenPolicy,
  RegisteredClient,
} from './stores/client-store.js'
export type {
  ActiveRequest,
  ProfileCaller,
  ProfileRequest,
  ProfileService,
} from './stores/profile-service.js'
export type { RegisteredApi, ResourceIndex, ScopeEntry } from './stores/resource-index.js'
export type { ParsedScope, ScopeParser, ScopeParserResult } from './stores/scope-parser.js'
export type {
  JsonValue,
  NewRecord,
  Page,
  RecordFilter,
  RecordKind,
  RecordPage,
  Store,
  StoreRecord,
} from './stores/store.js'
export type { AuthenticatedUser } from './tokens/issuance.js'
export type { ClaimRequest, RequestedClaims } from './tokens/requested-claims.js'
