import type { OAuthErrorCode, SigningAlgorithm } from '@bailiwick/protocol'

/** An access token was issued. */
export interface TokenIssuedEvent {
  readonly type: 'token_issued'
  readonly clientId: string
  readonly grantType: string
  /** The identifier of the access token. */
  readonly jti: string
  /** The APIs it is for. */
  readonly audience: readonly string[]
  /** What it allows, with spaces between. */
  readonly scope: string
}

/** A request was answered with an error of the protocol. */
export interface RequestRejectedEvent {
  readonly type: 'request_rejected'
  /** The path of the endpoint. */
  readonly path: string
  /** What the client was told. */
  readonly error: OAuthErrorCode
  readonly description: string
  /** What lies behind it, which the client is not told. */
  readonly cause: unknown
}

/** A request failed for a reason that is no fault of the client. */
export interface ServerErrorEvent {
  readonly type: 'server_error'
  /** The path of the endpoint. */
  readonly path: string
  /** What was thrown. */
  readonly cause: unknown
}

/** Somebody used a code or refresh token that was used before: what came of it is revoked. */
export interface ReplayDetectedEvent {
  readonly type: 'replay_detected'
  readonly credential: 'authorization_code' | 'refresh_token'
  readonly clientId: string
  /** Whom it was about. */
  readonly subject: string
}

/** A client has taken back a token of its own (RFC 7009). */
export interface TokenRevokedEvent {
  readonly type: 'token_revoked'
  readonly credential: 'access_token' | 'refresh_token'
  readonly clientId: string
}

/** A user has signed in. */
export interface SignedInEvent {
  readonly type: 'signed_in'
  readonly subject: string
  /** The `sid` of the session, which is no secret. */
  readonly sessionId: string
}

/** A session has ended before its time: its user signed out, or somebody else signed in in the same browser. */
export interface SignedOutEvent {
  readonly type: 'signed_out'
  readonly subject: string
  /** The `sid` of the session, which is no secret. */
  readonly sessionId: string
}

/** A client was told from server to server that a session has ended (OpenID Connect Back-Channel Logout 1.0). */
export interface LogoutDeliveredEvent {
  readonly type: 'logout_delivered'
  readonly clientId: string
  /** The `sid` of the session, which is no secret. */
  readonly sessionId: string
  /** How often it was tried. */
  readonly attempts: number
}

/** A client could not be told that a session has ended. The session has ended all the same. */
export interface LogoutFailedEvent {
  readonly type: 'logout_failed'
  readonly clientId: string
  /** The `sid` of the session, which is no secret. */
  readonly sessionId: string
  /** How often it was tried; `0` when the client could not even be looked up. */
  readonly attempts: number
  /** Why the last attempt failed. */
  readonly cause: unknown
}

/** The server has made a key to sign with. */
export interface KeyCreatedEvent {
  readonly type: 'key_created'
  readonly kid: string
  readonly algorithm: SigningAlgorithm
}

/** Somebody has revoked a key: what it signed is not valid any more. */
export interface KeyRevokedEvent {
  readonly type: 'key_revoked'
  readonly kid: string
  readonly algorithm: SigningAlgorithm
}

/** The signing keys could not be read again. Those that this process knows go on being used. */
export interface KeysNotReadEvent {
  readonly type: 'keys_not_read'
  readonly cause: unknown
}

/** What happens inside the server, for logs and metrics. No event carries a secret or a token. */
export type ServerEvent =
  | TokenIssuedEvent
  | RequestRejectedEvent
  | ServerErrorEvent
  | ReplayDetectedEvent
  | TokenRevokedEvent
  | SignedInEvent
  | SignedOutEvent
  | LogoutDeliveredEvent
  | LogoutFailedEvent
  | KeyCreatedEvent
  | KeyRevokedEvent
  | KeysNotReadEvent
