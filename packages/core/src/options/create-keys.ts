import type { SigningAlgorithm } from '@bailiwick/protocol'
import type { ServerContext } from '../context.js'
import { createDataKeys } from '../keys/data-keys.js'
import type { KeyManager } from '../keys/key-manager.js'
import { jwksMaxAge } from '../keys/key-policy.js'
import type { KeyPolicy } from '../keys/key-policy.js'
import { createKeyRing } from '../keys/key-ring.js'
import { manageConfiguredKeys } from '../keys/manage-configured-keys.js'
import { manageStoredKeys } from '../keys/manage-stored-keys.js'
import { createSourcedTokenSigner, createTokenSigner } from '../keys/token-signer.js'
import type { TokenSigner } from '../keys/token-signer.js'
import type { AuthorizationServerOptions } from './authorization-server-options.js'

/** The options that say which keys there are. */
export type KeySettings = Required<
  Pick<
    AuthorizationServerOptions,
    'resources' | 'clients' | 'signingKeys' | 'defaultSigningAlgorithm' | 'dataKeys'
  >
>

/** What signs, and what looks after its keys. */
export interface ServerKeys {
  readonly signer: TokenSigner
  readonly keys: KeyManager
}

/** The default algorithm, and those that API resources and clients ask for. */
function askedAlgorithms({
  resources: { apiResources = [] },
  clients,
  defaultSigningAlgorithm: first,
}: KeySettings): readonly [SigningAlgorithm, ...SigningAlgorithm[]] {
  const asked = [
    ...apiResources.flatMap((resource) => resource.allowedAccessTokenSigningAlgorithms ?? []),
    ...clients.flatMap((client) => client.allowedIdentityTokenSigningAlgorithms ?? []),
  ]
  return [first, ...new Set(asked.filter((algorithm) => algorithm !== first))]
}

/** Takes the configured keys, or else those in the store. */
export function createKeys(
  settings: KeySettings,
  policy: KeyPolicy,
  state: Pick<ServerContext, 'store' | 'now' | 'wait' | 'emit'>,
): ServerKeys {
  const [first, ...others] = settings.signingKeys
  if (first !== undefined) {
    return {
      signer: createTokenSigner([first, ...others]),
      keys: manageConfiguredKeys(settings.signingKeys),
    }
  }
  const algorithms = askedAlgorithms(settings)
  const dataKeys = createDataKeys(settings.dataKeys)
  const context = { ...state, policy, dataKeys, algorithms }
  const ring = createKeyRing(context)
  return {
    signer: createSourcedTokenSigner(ring, { algorithms, jwksMaxAge: jwksMaxAge(policy) }),
    keys: manageStoredKeys(ring, context),
  }
}
