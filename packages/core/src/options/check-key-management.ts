import type { ConfigurationProblem } from '@bailiwick/protocol'
import { jwksMaxAge, noticeTime } from '../keys/key-policy.js'
import type { KeyPolicy } from '../keys/key-policy.js'
import type { Client } from '../stores/client.js'
import { problemAt } from './problem-at.js'
import { clientDefaults } from './register-client.js'
import { secondsFault } from './seconds-fault.js'

const names = [
  'rotationInterval',
  'propagationTime',
  'retentionDuration',
  'cacheDuration',
] as const satisfies readonly (keyof KeyPolicy)[]

function rotationFault({ rotationInterval, propagationTime }: KeyPolicy): string | undefined {
  if (rotationInterval > propagationTime) return undefined
  return `a key would be replaced before its successor has been announced for propagationTime, ${propagationTime} seconds: lengthen this or shorten that`
}

function propagationFault(policy: KeyPolicy): string | undefined {
  const { propagationTime, cacheDuration } = policy
  if (propagationTime > noticeTime(policy)) return undefined
  return `a key would sign before everybody has seen it: it has to be longer than cacheDuration (${cacheDuration}) and max-age of the JWK Set (${jwksMaxAge(policy)}) together`
}

const lifetimeNames = ['accessTokenLifetime', 'identityTokenLifetime'] as const

function longestLifetime(
  clients: readonly Client[],
): { readonly path: string; readonly lifetime: number } | undefined {
  const lifetimes = clients.flatMap((client, index) =>
    lifetimeNames.map((name) => ({
      path: `clients[${index}].${name}`,
      lifetime: client[name] ?? clientDefaults[name],
    })),
  )
  return lifetimes.toSorted((one, other) => other.lifetime - one.lifetime)[0]
}

function retentionFault(policy: KeyPolicy, clients: readonly Client[]): string | undefined {
  const { path, lifetime } = longestLifetime(clients) ?? { path: '', lifetime: 0 }
  const needed = lifetime + noticeTime(policy)
  if (policy.retentionDuration >= needed) return undefined
  return `tokens would be valid for longer than their key: ${path} is ${lifetime}, which needs ${needed} at least`
}

/** Finds lives of keys that are none, and those in which tokens meet somebody who does not know their key. */
export function checkKeyManagement(
  policy: KeyPolicy,
  clients: readonly Client[],
): readonly ConfigurationProblem[] {
  const problems = names.flatMap((name) =>
    problemAt(`keyManagement.${name}`, secondsFault(policy[name])),
  )
  // What follows from numbers that are none would only confuse.
  if (problems.length > 0) return problems
  return [
    ...problemAt('keyManagement.rotationInterval', rotationFault(policy)),
    ...problemAt('keyManagement.propagationTime', propagationFault(policy)),
    ...problemAt('keyManagement.retentionDuration', retentionFault(policy, clients)),
  ]
}
