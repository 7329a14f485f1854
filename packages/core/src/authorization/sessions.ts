import type { HttpRequest } from '@bailiwick/protocol'

/** That a user is signed in, in one browser. */
export interface Session {
  /** What tokens call it in `sid`. It is no secret, and is not what the browser's cookie holds. */
  readonly sessionId: string
  readonly subject: string
  /** When the user signed in last, in seconds since the epoch. */
  readonly authTime: number
}

/** For pages that need to know who is signed in. */
export interface Sessions {
  /** Finds the session of the browser that sends a request; `undefined` when nobody is signed in there. */
  readonly find: (request: Pick<HttpRequest, 'headers'>) => Promise<Session | undefined>
}
