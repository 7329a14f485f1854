import { decodeJwt } from 'jose'
import { expect } from 'vitest'
import { bodyOf } from '../support/server.js'
import type { CaseConfig, CaseExpectation, CaseRunner } from './cases.js'
import { compareFacts } from './compare.js'
import { listening } from './listening-profile.js'
import { codeOf, createPeopleWorld, storeCode } from './people-world.js'
import { clientOf } from './world.js'

/** An identity resource that lists a claim which only the server sets, too. */
const resources: CaseConfig = {
  identityResources: ['openid', { name: 'email', userClaims: ['email', 'aud'] }],
}

/** Compares what the ID token says, and whether the profile service was asked for it. */
function compareIdToken(
  claims: Readonly<Record<string, unknown>>,
  wasAsked: boolean,
  { excludes, ...expected }: CaseExpectation,
): void {
  const written = Object.entries(claims).map(([name, value]) => `${name}=${String(value)}`)
  expect(written.some((claim) => claim.startsWith('email='))).toBe(wasAsked)
  for (const absent of (excludes ?? []) as readonly string[]) expect(written).not.toContain(absent)
  compareFacts(expected, { profileServiceCalled: wasAsked })
}

/** ID tokens of the claims service: one for a client that can ask userinfo, or one that has everything inside. */
export const runIdToken: CaseRunner = async ({ config, request }, expected, mode) => {
  const isComplete = request['accessTokenAlsoRequested'] !== true
  const client = { ...config.client, alwaysIncludeUserClaimsInIdToken: isComplete }
  const { asked, profile } = listening({ email: 'bob@example.com', aud: 'bar' })
  const stage = createPeopleWorld(resources, mode).start({ client }, { profile })
  const code = codeOf(await storeCode({ scopes: ['openid', 'email'] }, stage))
  const { redirectUri: redirect_uri } = clientOf(resources)
  const body = bodyOf(await stage.token({ grant_type: 'authorization_code', code, redirect_uri }))
  const wasAsked = asked.some(({ caller }) => caller === 'id_token')
  expect(wasAsked).toBe(isComplete)
  compareIdToken(decodeJwt(String(body['id_token'])), wasAsked, expected)
}
