import type { ClientDisplay } from '../stores/client-store.js'
import type { ConsentRequest } from './interaction.js'

/** What a user has allowed one client. */
export interface UserGrant {
  readonly client: ClientDisplay
  /** When it was allowed first, in seconds since the epoch. */
  readonly since: number
  /** What was allowed, as a consent page would show it. */
  readonly allowed: Omit<ConsentRequest, 'mayBeRemembered'>
  /** Whether the client can act while the user is away. */
  readonly hasRefreshTokens: boolean
}

/** For a page on which users see and take back what they allowed. */
export interface UserGrants {
  /** Lists what a user has allowed, by client, in the order of the clients' names. */
  readonly list: (subject: string) => Promise<readonly UserGrant[]>
  /** Takes back everything that a user has allowed a client: the consent, codes, refresh and reference tokens. */
  readonly revoke: (grant: { readonly subject: string; readonly clientId: string }) => Promise<void>
}
