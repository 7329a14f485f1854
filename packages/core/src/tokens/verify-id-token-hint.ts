import type { ServerContext } from '../context.js'

/** What an ID token says that a client presents as a hint. */
export interface IdTokenHint {
  readonly subject: string
  readonly clientId: string
  readonly sessionId: string | undefined
}

/**
 * Reads an ID token of this server that a client sends back as `id_token_hint`. It may have expired: it says who was
 * meant, and proves nothing about now (OpenID Connect RP-Initiated Logout 1.0 section 2). `undefined` for anything
 * else than an ID token of this server.
 */
export async function verifyIdTokenHint(
  hint: string,
  { signer, issuer }: Pick<ServerContext, 'signer' | 'issuer'>,
): Promise<IdTokenHint | undefined> {
  const verified = await signer.verify(hint)
  if (verified?.typ !== 'JWT') return undefined
  const { iss, sub, aud, sid } = verified.claims
  if (iss !== issuer || typeof sub !== 'string' || typeof aud !== 'string') return undefined
  return { subject: sub, clientId: aud, sessionId: typeof sid === 'string' ? sid : undefined }
}
