import type { AuthorizationServerOptions, SigningKeyJwk } from '@bailiwick/core'
import type { ResourceDefinitions } from '@bailiwick/protocol'
import type { User } from './user.js'

/** Options that are made of functions, which a configuration file cannot hold. */
type CodeOption =
  | 'profile'
  | 'scopeParser'
  | 'grants'
  | 'clientAuthenticationMethods'
  | 'store'
  | 'loginThrottle'
  | 'pages'
  | 'fetch'
  | 'wait'
  | 'onEvent'
  | 'now'
  | 'randomId'

/** What a configuration file holds: the options of `createAuthorizationServer`, with the resources at the top level. */
export interface Configuration<Definitions extends ResourceDefinitions = ResourceDefinitions>
  extends
    ResourceDefinitions,
    Omit<
      AuthorizationServerOptions<Definitions>,
      CodeOption | 'issuer' | 'resources' | 'signingKeys'
    > {
  /** The JSON Schema, for editors. It changes nothing. */
  readonly $schema?: string
  /**
   * Who issues the tokens: an https URL without query and fragment (RFC 8414 section 2). Plain http is accepted for
   * loopback addresses.
   *
   * @defaultValue the URL on which the server listens
   */
  readonly issuer?: string
  /**
   * Private keys to sign with, as JWKs with `alg`; the first is the default.
   *
   * @defaultValue keys that the server makes, keeps in the store and replaces in time
   */
  readonly signingKeys?: readonly SigningKeyJwk[]
  /**
   * Who may sign in: for development, because passwords stand here as they are.
   *
   * @defaultValue `[]`
   */
  readonly users?: readonly User[]
}
