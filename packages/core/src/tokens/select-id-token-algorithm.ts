import type { SigningAlgorithm } from '@bailiwick/protocol'
import type { ServerContext } from '../context.js'
import type { RegisteredClient } from '../stores/client-store.js'

/** With which algorithm to sign what only one client reads: its ID tokens and logout tokens. */
export function selectIdTokenAlgorithm(
  { allowedIdentityTokenSigningAlgorithms: allowed }: RegisteredClient,
  { signer }: Pick<ServerContext, 'signer'>,
): SigningAlgorithm {
  return allowed.find((name) => signer.algorithms.includes(name)) ?? signer.algorithms[0]
}
