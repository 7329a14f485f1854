import type { PrivateJwk } from '../introspection/private-key-jwt.js'

/** By which name the issuer knows this API. */
interface NamedCaller {
  /** @defaultValue the `resource` of the resource server */
  readonly id?: string
}

/** With a secret (RFC 6749 section 2.3.1). */
export interface ClientSecretOptions extends NamedCaller {
  /** As it is, not as a hash. */
  readonly secret: string
  /**
   * Where the secret is sent: in the header, or in the form.
   *
   * @defaultValue `'client_secret_basic'`
   */
  readonly method?: 'client_secret_basic' | 'client_secret_post'
}

/** With `private_key_jwt` (RFC 7523 section 2.2): the issuer has the public key, and nothing secret is sent. */
export interface PrivateKeyOptions extends NamedCaller {
  /** A private JWK with `alg`. Its `kid` is told to the issuer. */
  readonly privateKey: PrivateJwk
}

/** How an API says at the introspection endpoint who it is. */
export type ClientAuthOptions = ClientSecretOptions | PrivateKeyOptions
