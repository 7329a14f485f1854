import { hash } from 'node:crypto'
import { CompactEncrypt, compactDecrypt, decodeProtectedHeader } from 'jose'
import type { JsonValue } from '../stores/store.js'

/** Encrypts what the store keeps and nobody else may read. */
export interface DataKeys {
  /** Encrypts with the first key. Without any the value is only written as text. */
  readonly seal: (value: JsonValue) => Promise<string>
  /**
   * Decrypts with the key that sealed it.
   *
   * @throws Error when that is not among the keys, and for what is not encrypted though there are keys.
   */
  readonly open: (sealed: string) => Promise<JsonValue>
}

const keyLength = 32

/** In base64 or base64url, with or without padding. */
const encoded = /^(?:[A-Za-z0-9+/]+|[\w-]+)={0,2}$/

/** Finds out why something cannot be a data key. It is not repeated. */
export function dataKeyFault(text: unknown): string | undefined {
  const advice = `make one with 'openssl rand -base64 ${keyLength}'`
  if (text === '') return `it is empty: ${advice}`
  if (typeof text !== 'string' || !encoded.test(text)) return `it is not base64: ${advice}`
  const { length } = Buffer.from(text, 'base64')
  return length === keyLength
    ? undefined
    : `it has ${length} bytes instead of ${keyLength}: ${advice}`
}

/** The name of a data key, which tells nothing of it. */
const fingerprintOf = (key: Uint8Array): string => hash('sha256', key, 'base64url').slice(0, 16)

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what seal has made of a value
const parse = (text: string): JsonValue => JSON.parse(text) as JsonValue

const isEncrypted = (sealed: string): boolean => /^[\w-]+\.\.[\w-]+\.[\w-]*\.[\w-]+$/.test(sealed)

/**
 * Makes what encrypts with data keys: 32 bytes in base64 or base64url each. The first encrypts, all decrypt, so that a
 * key can be replaced. A value becomes a compact JWE (RFC 7516) that names its key by a fingerprint.
 */
export function createDataKeys(texts: readonly string[]): DataKeys {
  const keys = texts.map((text) => Buffer.from(text, 'base64'))
  const keyByName = new Map(keys.map((key) => [fingerprintOf(key), key]))
  const [first] = keys

  async function decrypt(sealed: string): Promise<JsonValue> {
    const { kid = '' } = decodeProtectedHeader(sealed)
    const key = keyByName.get(kid)
    if (key === undefined) {
      throw new Error(`it is encrypted with the data key ${kid}, which is not among dataKeys`)
    }
    const { plaintext } = await compactDecrypt(sealed, key, {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    })
    return parse(new TextDecoder().decode(plaintext))
  }

  return {
    async seal(value) {
      const text = JSON.stringify(value)
      if (first === undefined) return text
      return new CompactEncrypt(new TextEncoder().encode(text))
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: fingerprintOf(first) })
        .encrypt(first)
    },
    async open(sealed) {
      if (isEncrypted(sealed)) return decrypt(sealed)
      if (first !== undefined) throw new Error('it is not encrypted, but there are dataKeys')
      return parse(sealed)
    },
  }
}
