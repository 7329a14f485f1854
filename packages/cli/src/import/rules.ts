import type { Severity } from '../lint/lint-rule.js'

/** What an import can find. */
export interface ImportRule {
  /** Its name, which does not change: the anchor of its section in docs/reference/import.md. */
  readonly id: string
  readonly severity: Severity
  /** What it finds, in a few words. */
  readonly title: string
  /** What comes of it. */
  readonly why: string
}

/** Everything that an import can find, worst first, in the order of the documentation. */
export const importRules = [
  {
    id: 'left-out',
    severity: 'error',
    title: 'an entry that is not in the result',
    why: 'Something without which it cannot be is missing or not accepted. Requests that need it fail.',
  },
  {
    id: 'refused',
    severity: 'error',
    title: 'a value that Bailiwick does not accept',
    why: 'A server does not start with it. The rest of the entry is in the result.',
  },
  {
    id: 'unreadable-value',
    severity: 'error',
    title: 'a value that is not what its property needs',
    why: 'IdentityServer does not start with it, or takes it for something else. The property counts as not set.',
  },
  {
    id: 'grant-type',
    severity: 'error',
    title: 'a grant type that Bailiwick does not offer',
    why: 'The client cannot get tokens that way. Implicit, hybrid and password grants are not offered on purpose (RFC 9700 sections 2.1.2 and 2.4).',
  },
  {
    id: 'public-client-credentials',
    severity: 'error',
    title: 'client credentials for a client without a secret',
    why: 'Everybody who knows the client id would get tokens (RFC 6749 section 4.4).',
  },
  {
    id: 'secret-kind',
    severity: 'error',
    title: 'a secret that is not a shared one',
    why: 'Clients and APIs authenticate with a shared secret only, not with a key or a certificate.',
  },
  {
    id: 'secret-hash',
    severity: 'error',
    title: 'a shared secret that is not the base64 of a SHA-256 hash',
    why: 'Nobody can compute the hash that is needed from another one. Where the value is the secret itself, it does not belong into a file.',
  },
  {
    id: 'sender-constraint',
    severity: 'error',
    title: 'a client whose tokens have to be bound to a key',
    why: 'The server issues bearer tokens: whoever steals one can use it.',
  },
  {
    id: 'request-protection',
    severity: 'error',
    title: 'a client whose authorization requests have to be pushed or signed',
    why: 'The server takes authorization requests from the browser as they are, and has neither PAR (RFC 9126) nor JAR (RFC 9101).',
  },
  {
    id: 'login-restriction',
    severity: 'error',
    title: 'a client whose users may not sign in in every way',
    why: 'Every user who can sign in can sign in for this client, in every way there is.',
  },
  {
    id: 'issuer',
    severity: 'warning',
    title: 'no issuer that can be taken over',
    why: 'APIs and clients compare `iss` with the address that they know. IdentityServer can take it from the request, Bailiwick never does.',
  },
  {
    id: 'unknown-property',
    severity: 'warning',
    title: 'a property that is not one of IdentityServer',
    why: 'It is spelled wrong, belongs to another version, or is your own. Nothing was made of it.',
  },
  {
    id: 'server-option',
    severity: 'warning',
    title: 'an option of the server that is not taken over',
    why: 'The server has a setting of its own for it, or none.',
  },
  {
    id: 'other-entries',
    severity: 'warning',
    title: 'an entry of a kind that Bailiwick does not have',
    why: 'External identity providers and SAML are what your pages do, not what is configured.',
  },
  {
    id: 'refresh-token-rotation',
    severity: 'warning',
    title: 'a public client whose refresh tokens could be used again and again',
    why: 'A stolen one would go unnoticed, so each use gives a new one and ends the old one (RFC 9700 section 4.14.2).',
  },
  {
    id: 'plain-pkce',
    severity: 'warning',
    title: 'a client that may use PKCE with the method plain',
    why: 'Only S256 is known (RFC 9700 section 2.1.1). Requests with plain are refused.',
  },
  {
    id: 'code-lifetime',
    severity: 'warning',
    title: 'authorization codes that live too long',
    why: 'A code lives ten minutes at most (RFC 6749 section 4.1.2).',
  },
  {
    id: 'application-type',
    severity: 'warning',
    title: 'a client that is called back at a scheme of its own',
    why: 'Such a client is installed on a device: it became `native`, and may be called back at every port of a loopback address that it has registered (RFC 8252 section 7.3).',
  },
  {
    id: 'session-coordination',
    severity: 'warning',
    title: 'a client whose tokens end with the session of the user',
    why: 'Refresh tokens outlive the session. They end with a logout that revokes them, or when their time is over.',
  },
  {
    id: 'scope-format',
    severity: 'warning',
    title: 'access tokens in which scope is a string',
    why: "With `compatibility: 'duende'` it is a list; one string is what the strict default writes.",
  },
  {
    id: 'disabled',
    severity: 'info',
    title: 'an entry that is disabled',
    why: 'It is in the result, disabled as well.',
  },
  {
    id: 'unused-setting',
    severity: 'info',
    title: 'a setting that has no counterpart and protects nothing',
    why: 'It is for something that Bailiwick does not do, or always does. What is for people is kept as a comment.',
  },
  {
    id: 'restated-default',
    severity: 'info',
    title: 'a property without a counterpart that is set to its default',
    why: 'IdentityServer does the same without it.',
  },
  {
    id: 'offline-access-scope',
    severity: 'info',
    title: 'offline_access among the scopes of a client',
    why: 'It is built in. Whether a client may ask for it is said by `allowOfflineAccess` alone, as in IdentityServer.',
  },
  {
    id: 'claims-on-refresh',
    severity: 'info',
    title: 'clients whose refreshed tokens carried the claims of the first one',
    why: 'A refreshed token carries the claims that the user has at that time, as with `UpdateAccessTokenClaimsOnRefresh`.',
  },
  {
    id: 'refresh-token-replay',
    severity: 'info',
    title: 'clients whose refresh tokens can be used once',
    why: 'The second use of one ends all that came of the same login (RFC 9700 section 4.14.2). IdentityServer refuses that one only.',
  },
  {
    id: 'redirect-uri-case',
    severity: 'info',
    title: 'clients with redirect URIs',
    why: 'They are compared character by character. At the authorization endpoint IdentityServer does not tell upper from lower case.',
  },
  {
    id: 'introspection-audience',
    severity: 'info',
    title: 'APIs that ask about tokens',
    why: 'An API is told of tokens that are for it, and its own scopes and claims. IdentityServer tells it of every token with one of its scopes.',
  },
  {
    id: 'outside-configuration',
    severity: 'info',
    title: 'what an IdentityServer is made of beside its configuration',
    why: 'Users, claims, signing keys, what is stored of grants and consents, and everything that is C# stays where it is.',
  },
] as const satisfies readonly ImportRule[]

/** The name of something that an import can find. */
export type ImportRuleId = (typeof importRules)[number]['id']
