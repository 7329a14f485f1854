export { createAuthorizationServer } from './authorization-server.js'
export type { AuthorizationServer } from './authorization-server.js'
export type { AuthenticatedClient } from './client-authentication/authenticate-client.js'
export { defaultClientAuthenticationMethods } from './client-authentication/index.js'
export type {
  ClientAuthenticationInput,
  ClientAuthenticationMethod,
  ClientCredentials,
} from './client-authentication/method.js'
export type { Compatibility, CompatibilityName } from './compatibility.js'
export type { ServerContext } from './context.js'
export type { EndpointPaths } from './endpoints/index.js'
export type {
  RequestRejectedEvent,
  ServerErrorEvent,
  ServerEvent,
  TokenIssuedEvent,
} from './events.js'
export type { Grant, GrantDecision, TokenRequest } from './grants/grant.js'
export { defaultGrants } from './grants/index.js'
export type { Parameters } from './http/parameters.js'
export { generateSigningKey } from './keys/signing-keys.js'
export type { SigningKeyJwk } from './keys/signing-keys.js'
export type { TokenSigner, UnsignedToken } from './keys/token-signer.js'
export { checkOptions } from './options.js'
export type { AuthorizationServerOptions } from './options/authorization-server-options.js'
export { sha256 } from './sha256.js'
export type { Client, ClientStore, HashedSecret, RegisteredClient } from './stores/client-store.js'
export type { ProfileRequest, ProfileService } from './stores/profile-service.js'
export type { ResourceIndex, ScopeEntry } from './stores/resource-index.js'
export type { ParsedScope, ScopeParser, ScopeParserResult } from './stores/scope-parser.js'
export type { AuthenticatedUser } from './tokens/issuance.js'
