import { ConfigurationError } from '@bailiwick/protocol'
import type { ConfigurationProblem } from '@bailiwick/protocol'
import { check, listOf, members, seconds, text } from '../options/checks.js'
import { isRecord } from '../is-record.js'

/** The keys of one issuer as they were loaded. */
export interface IssuerKeysSnapshot {
  readonly issuer: string
  /** Public JWKs (RFC 7517). */
  readonly keys: readonly object[]
  /** For how long they are good, in seconds. */
  readonly maxAge: number
  /** In seconds since 1970. */
  readonly loadedAt: number
}

/**
 * What an API knows about its issuers, to be kept as JSON and given to the next process. Whoever can change it decides
 * which tokens are accepted: keep it as you would keep the configuration.
 */
export interface KeySnapshot {
  readonly issuers: readonly IssuerKeysSnapshot[]
}

const day = 24 * 3600

const issuerKeys = members({
  issuer: text,
  keys: listOf(check(isRecord, 'a JWK is needed')),
  maxAge: seconds(0, day),
  loadedAt: seconds(0, Number.MAX_SAFE_INTEGER),
})

const issuers = listOf(issuerKeys)

const snapshotOf = members({
  issuers: (value, path) =>
    Array.isArray(value) && value.length === 0 ? [] : issuers(value, path),
})

const problemsOf = (value: unknown): readonly ConfigurationProblem[] =>
  snapshotOf(value, 'snapshot')

const isSnapshot = (value: unknown): value is KeySnapshot => problemsOf(value).length === 0

/** Tells whether a value is the part of a snapshot that is about one issuer. */
export const isIssuerKeysSnapshot = (value: unknown): value is IssuerKeysSnapshot =>
  issuerKeys(value, '').length === 0

/**
 * Reads a snapshot that was kept somewhere.
 *
 * @throws ConfigurationError when it is none.
 */
export function readKeySnapshot(value: unknown): KeySnapshot {
  if (isSnapshot(value)) return value
  throw new ConfigurationError(problemsOf(value))
}
