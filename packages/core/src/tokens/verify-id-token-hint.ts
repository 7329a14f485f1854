import type { ServerContext } from '../context.js'

/** What an ID token says that a client presents as a hint. */
export interface IdTokenHint {
  readonly subject: string
  /** The client it was issued to: its `aud`. */
  readonly clientId: string
  readonly sessionId: string | undefined
}

/**
 * Reads an ID token of this server that a client sends back as `id_token_hint`. It may have expired: it says who was
 * meant, and proves nothing about now (OpenID Connect RP-Initiated Logout 1.0 section 2). `undefined` for anything
 * else than an ID token of this server. Whether it was issued to the client that sends it is for the caller to compare.
 */
export async function verifyIdTokenHint(
  hint: string,
  { signer, issuer }: Pick<ServerContext, 'signer' | 'issuer'>,
): Promise<IdTokenHint | undefined> {
  const verified = await signer.verify(hint)
  // An access token names a subject too: only the type tells them apart.
  if (verified?.header.typ !== 'JWT') return undefined
  const { iss, sub, aud, sid } = verified.claims
  if (iss !== issuer || typeof sub !== 'string' || typeof aud !== 'string') return undefined
  return { subject: sub, clientId: aud, sessionId: typeof sid === 'string' ? sid : undefined }
}
