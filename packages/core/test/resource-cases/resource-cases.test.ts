import { describe, expect, it } from 'vitest'
import type { CompatibilityName } from '../../src/index.js'
import { tally } from '../support/explains-as-issued.js'
import { runAuthorize } from './authorize-cases.js'
import { cases } from './cases.js'
import type { CaseRunner, ResourceCase } from './cases.js'
import { claimsCases } from './claims-cases.js'
import { runCodeRedemption } from './code-cases.js'
import { runConsentInteraction, runConsentNeeded, runStoreConsent } from './consent-cases.js'
import { deviations, expectationOf } from './deviations.js'
import { runIdToken } from './id-token-cases.js'
import { runRefresh } from './refresh-cases.js'
import { runIntrospection } from './introspection-cases.js'
import { runRefreshTokenService } from './refresh-token-service-cases.js'
import {
  runAlgorithms,
  runDiscovery,
  runFilter,
  runLookup,
  runUniqueness,
  runValidator,
} from './resource-unit-cases.js'
import { runRevocation } from './revocation-cases.js'
import { runTokenRequest } from './token-cases.js'
import { triage } from './triage.js'
import { runUserinfo, runUserinfoUnit } from './userinfo-cases.js'

const modes: readonly CompatibilityName[] = ['strict', 'duende']

const runClaims: CaseRunner = (entry, expected, mode) =>
  entry.request['token'] === 'id'
    ? runIdToken(entry, expected, mode)
    : claimsCases[entry.id]?.(expected, mode)

const tokenRunners: Readonly<Record<string, CaseRunner>> = {
  authorization_code: runCodeRedemption,
  refresh_token: runRefresh,
}

const runToken: CaseRunner = (entry, ...how) => {
  const grantType = entry.request.params?.['grant_type']
  const run = typeof grantType === 'string' ? tokenRunners[grantType] : undefined
  return (run ?? runTokenRequest)(entry, ...how)
}

const runners: Readonly<Record<string, CaseRunner>> = {
  token: runToken,
  authorize: runAuthorize,
  userinfo: runUserinfo,
  introspection: runIntrospection,
  revocation: runRevocation,
  discovery: runDiscovery,
  'resource validator': runValidator,
  'validated-resources filter': runFilter,
  'resolve access-token signing algorithms for the resources of one token': runAlgorithms,
  'load all enabled resources': runUniqueness,
  'find by scope': runLookup,
  'claims service': runClaims,
  'token service': runClaims,
  'refresh token service': runRefreshTokenService,
  'consent needed?': runConsentNeeded,
  'store consent': runStoreConsent,
  'consent interaction': runConsentInteraction,
  'userinfo unit': runUserinfoUnit,
}

/** Userinfo is the name of an endpoint and of a unit. */
const kindOf = ({ request: { endpoint, unit = '' } }: ResourceCase): string =>
  endpoint ?? (unit === 'userinfo' ? 'userinfo unit' : unit)

const running = cases.filter((entry) => triage(entry) === 'runs')

describe.each(modes)('resource cases, compatibility: %s', (mode) => {
  it.each(running.map((entry) => [entry.id, entry.note ?? entry.topic, entry] as const))(
    '%s %s',
    async (id, _, entry) => {
      const runner = runners[kindOf(entry)]
      expect(runner).toBeDefined()
      expect.hasAssertions()
      await runner?.(entry, expectationOf(id, entry.expect, mode), mode)
    },
  )
})

it('counts the answers that were explained, and those that were about a code or token itself', () => {
  expect(tally).toMatchInlineSnapshot(`
    {
      "compared": 916,
      "credentials": 30,
      "strangers": 18,
    }
  `)
})

it('counts the cases that do not run, each with the reason', () => {
  const reasons = cases.map(triage)
  const counts = Object.fromEntries(
    [...new Set(reasons)].map((reason) => [
      reason,
      reasons.filter((other) => other === reason).length,
    ]),
  )
  expect(counts).toMatchInlineSnapshot(`
    {
      "excluded: a store of disabled resources: the index holds what can be requested": 1,
      "excluded: licence switches": 1,
      "excluded: the password grant (RFC 9700 section 2.4)": 14,
      "excluded: tokens without jti, which RFC 9068 section 2.2 requires": 1,
      "needs backchannel authentication": 5,
      "needs device authorization": 9,
      "needs sender-constrained tokens": 6,
      "runs": 203,
    }
  `)
})

it('has no deviation for a case that does not run', () => {
  const ids = new Set(running.map(({ id }) => id))
  expect(Object.keys(deviations).filter((id) => !ids.has(id))).toEqual([])
})
