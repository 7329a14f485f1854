import type { DPoPAlgorithm } from '@bailiwick/protocol'
import type { CertificateResolver } from '../sender-constraints/prove-certificate.js'
import type { ReplayStore } from '../sender-constraints/replay-store.js'

/**
 * What becomes of tokens that are bound to a key (RFC 9449). In no mode is one accepted without a proof.
 *
 * - `reject`: they are refused, and so is the scheme `DPoP`
 * - `accept`: they are accepted with a proof, and others as bearer tokens
 * - `require`: others are refused
 */
export type DPoPMode = 'reject' | 'accept' | 'require'

/** Nonces that clients have to repeat in their proofs (RFC 9449 section 9). */
export interface DPoPNonceOptions {
  /**
   * Secrets of at least 32 characters, the same on every node. The first makes nonces and all are recognized, so that a
   * new one goes first while the old one stays for `lifetime`.
   */
  readonly secrets: readonly [string, ...string[]]
  /**
   * For how long a nonce is good, in seconds.
   *
   * @defaultValue `300`
   */
  readonly lifetime?: number
}

/** How DPoP proofs are checked (RFC 9449). */
export interface DPoPOptions {
  /** @defaultValue `'accept'` */
  readonly mode?: DPoPMode
  /** @defaultValue every {@link DPoPAlgorithm} */
  readonly algorithms?: readonly [DPoPAlgorithm, ...DPoPAlgorithm[]]
  /**
   * How old a proof may be, in seconds. It may be 5 seconds ahead.
   *
   * @defaultValue `60`
   */
  readonly maxAge?: number
  /** @defaultValue none: proofs need no nonce */
  readonly nonce?: DPoPNonceOptions
  /**
   * Remembers which proofs were used.
   *
   * @defaultValue 100,000 in the memory of this process: several processes need a store that they share
   */
  readonly replayStore?: ReplayStore
  /**
   * Whether clients without a token, and the metadata document, are told of DPoP although it is not required.
   *
   * @defaultValue `false`
   */
  readonly advertise?: boolean
}

/** What becomes of tokens that are bound to a client certificate (RFC 8705). */
export interface MtlsOptions {
  /**
   * Whether tokens that are not bound to a certificate are accepted, too.
   *
   * @defaultValue `'accept'`
   */
  readonly mode?: 'accept' | 'require'
  /** Finds the certificate of the client: {@link tlsCertificate}, {@link headerCertificate}, or a function of yours. */
  readonly certificate: CertificateResolver
}
