import type { AuthorizationServer, Client } from '@bailiwick/core'
import type { HttpRequest, ResourceDefinitions } from '@bailiwick/protocol'
import type { Appearance } from '../appearance.js'

/** What the explorer needs of a server; `createAuthorizationServer` makes one. */
export type ExplorerServer = Pick<AuthorizationServer, 'issuer' | 'explain'>

/**
 * Who may see the explorer. It shows what tokens about any user would say, so one of these has to be chosen:
 *
 * - `{ authenticate }` decides by request, for instance by the session of an administrator. Whoever it does not answer
 *   with `true` is told 403; when it throws, nobody gets in.
 * - `{ password }` is asked for by the browser (RFC 7617), together with a user name that does not matter. Attempts are not
 *   counted, so it has at least 16 characters; make it a random one.
 * - `'open-on-loopback'` lets everybody in who sits at this machine, for development: the issuer, the address of the peer
 *   and the host that the browser names have to be loopback, and no proxy may stand in between.
 */
export type ExplorerAccess =
  | {
      /** Tells whether whoever sent the request may see it. */
      readonly authenticate: (request: HttpRequest) => boolean | Promise<boolean>
    }
  | { readonly password: string }
  | 'open-on-loopback'

/** The options of `createExplorer`. */
export interface ExplorerOptions extends Pick<Appearance, 'name' | 'logo' | 'theme'> {
  /** What `createAuthorizationServer` has made. */
  readonly server: ExplorerServer
  /** The `resources` of the server. */
  readonly resources: ResourceDefinitions
  /** The `clients` of the server. */
  readonly clients: readonly Client[]
  /**
   * Who may see it: `{ authenticate }` decides by request, `{ password }` is asked for by the browser (RFC 7617), and
   * `'open-on-loopback'` lets everybody in who sits at this machine. There is no default, because it shows what tokens
   * about any user would say.
   */
  readonly access: ExplorerAccess
  /**
   * Users that the form suggests, by their `sub`. Any other can be typed.
   *
   * @defaultValue `[]`
   */
  readonly subjects?: readonly string[]
  /**
   * Where the explorer is, below the issuer.
   *
   * @defaultValue `'/explorer'`
   */
  readonly path?: string
  /**
   * Is told about everything that ended in a page with status 500 or above.
   *
   * @defaultValue nobody is told
   */
  readonly onError?: (error: unknown) => void
}
