import type { KeyManager } from './key-manager.js'
import type { Signer } from './signer.js'
import { importSigningKey } from './signing-key.js'
import type { SigningKeyJwk } from './signing-keys.js'

const refuse = async (): Promise<never> => {
  throw new TypeError(
    'the keys of this server are those of its option signingKeys: change them there',
  )
}

/** Tells of the keys that the options name. Of several for one algorithm the first signs. */
export function manageConfiguredKeys(keys: readonly (SigningKeyJwk | Signer)[]): KeyManager {
  return {
    async list() {
      const imported = await Promise.all(keys.map(importSigningKey))
      return imported.map(({ kid, algorithm }, index) => {
        const isFirst = imported.findIndex((other) => other.algorithm === algorithm) === index
        return { kid, algorithm, status: isFirst ? 'signing' : 'retired' }
      })
    },
    rotate: refuse,
    revoke: refuse,
  }
}
