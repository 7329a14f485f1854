import { Refusal } from '../errors/refusal.js'
import { isRecord } from '../is-record.js'
import type { Claims } from '../tokens/decode-token.js'

/** What a token is bound to, by SHA-256 thumbprints in base64url. A token that is bound to nothing has neither. */
export interface Confirmation {
  /** Of a key (`jkt`, RFC 9449 section 6.1). */
  readonly keyThumbprint: string | undefined
  /** Of a certificate (`x5t#S256`, RFC 8705 section 3.1). */
  readonly certificateThumbprint: string | undefined
}

const unbound: Confirmation = { keyThumbprint: undefined, certificateThumbprint: undefined }

function readThumbprint(value: unknown): string | undefined {
  if (value === undefined) return undefined
  if (typeof value === 'string' && /^[\w-]{43}$/.test(value)) return value
  throw new Refusal('unsupported_confirmation')
}

/**
 * Reads the `cnf` of a token (RFC 7800 section 3). One that is not understood is not the same as none: a bound token that
 * is accepted without its proof is a bearer token.
 */
export function readConfirmation({ cnf }: Claims): Confirmation {
  if (cnf === undefined) return unbound
  if (!isRecord(cnf)) throw new Refusal('unsupported_confirmation')
  const keyThumbprint = readThumbprint(cnf['jkt'])
  const certificateThumbprint = readThumbprint(cnf['x5t#S256'])
  if (keyThumbprint === undefined && certificateThumbprint === undefined) {
    throw new Refusal('unsupported_confirmation')
  }
  return { keyThumbprint, certificateThumbprint }
}
