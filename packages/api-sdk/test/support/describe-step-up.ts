import { describe, expect, it } from 'vitest'
import type { GuardedWorld } from './guarded-app.js'
import { bearer, refusal, refusalOf, stepUpRefusal } from './refusals.js'
import { now } from './test-issuer.js'

const mfa = 'acr_values="urn:mfa urn:key"'
const recent = 'max_age="300"'
const transfer = `acr_values="urn:mfa", ${recent}, scope="read write"`

/** What becomes of tokens whose user has to authenticate again (RFC 9470). */
export function describeStepUp({ world, send }: GuardedWorld): void {
  describe('step-up', () => {
    it.each([
      ['U01 another acr', '/mfa', { acr: 'urn:pwd' }, mfa],
      ['U01 no acr', '/mfa', {}, mfa],
      ['U01 a list of acr', '/mfa', { acr: ['urn:mfa'] }, mfa],
      ['U02 ten minutes', '/recent', { auth_time: now - 600 }, recent],
      ['U02 one second too long', '/recent', { auth_time: now - 331 }, recent],
      ['U03 no auth_time', '/recent', {}, recent],
      ['U03 a future auth_time', '/recent', { auth_time: now + 31 }, recent],
      ['U03 auth_time as text', '/recent', { auth_time: String(now) }, recent],
      ['U04 neither', '/transfer', { scope: 'read write' }, transfer],
      ['U04 one of two', '/transfer', { scope: 'read write', auth_time: now }, transfer],
      ['U05 no scope either', '/transfer', { scope: 'read' }, transfer],
      ['R08 what a handler requires', '/later-step-up', {}, recent],
      ['any: what can be cured', '/either', { roles: ['clerk'] }, recent],
    ])('answers %s with 401 and what to do', async (_, path, claims, needs) => {
      const response = await send({ path, headers: bearer(world.token(claims)) })
      const { 'content-type': type, ...expected } = stepUpRefusal(needs)
      expect(refusalOf(response)).toMatchObject(
        path.startsWith('/later')
          ? { status: expected['status'], 'www-authenticate': expected['www-authenticate'] }
          : { ...expected, 'content-type': type },
      )
    })

    it.each([
      ['one of the acr values', '/mfa', { acr: 'urn:key' }],
      ['a recent authentication', '/recent', { auth_time: now - 300 }],
      ['what the clocks may differ', '/recent', { auth_time: now - 330 }],
      ['a clock that is ahead', '/recent', { auth_time: now + 30 }],
      ['everything', '/transfer', { scope: 'read write', acr: 'urn:mfa', auth_time: now }],
      ['the other alternative', '/either', { roles: ['admin'] }],
    ])('lets %s pass', async (_, path, claims) => {
      const response = await send({ path, headers: bearer(world.token(claims)) })
      expect(response.status).toBe(200)
    })

    it('tells the scopes of the whole operation when only they are missing', async () => {
      const token = world.token({ acr: 'urn:mfa', auth_time: now })
      const response = await send({ path: '/transfer', headers: bearer(token) })
      expect(refusalOf(response)).toEqual(refusal('insufficient_scope', 'read write'))
    })
  })
}
