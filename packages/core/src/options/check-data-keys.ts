import type { ConfigurationProblem } from '@bailiwick/protocol'
import { dataKeyFault } from '../keys/data-keys.js'
import { isLoopback } from './is-loopback.js'
import { problemAt } from './problem-at.js'

/** What decides whether data keys are needed. */
export interface SecretsKept {
  readonly issuer: string
  /** Whether the store keeps private keys. */
  readonly keepsKeys: boolean
}

/** Plain http elsewhere than on a loopback address is a fault of the issuer. */
function isReachable(issuer: string): boolean {
  if (!URL.canParse(issuer)) return false
  const url = new URL(issuer)
  return url.protocol === 'https:' && !isLoopback(url)
}

const missing =
  "they are needed to encrypt the signing keys in the store: make one with 'openssl rand -base64 32' and keep it elsewhere, or set signingKeys"

/** Finds data keys that are none, and that none is given where others might read the store. No part of one is repeated. */
export function checkDataKeys(
  dataKeys: readonly string[],
  { issuer, keepsKeys }: SecretsKept,
): readonly ConfigurationProblem[] {
  const isMissing = dataKeys.length === 0 && keepsKeys && isReachable(issuer)
  return [
    ...problemAt('dataKeys', isMissing ? missing : undefined),
    ...dataKeys.flatMap((text, index) => problemAt(`dataKeys[${index}]`, dataKeyFault(text))),
  ]
}
