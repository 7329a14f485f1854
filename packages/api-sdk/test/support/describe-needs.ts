import { describe, expect, it } from 'vitest'
import type { GuardedWorld } from './guarded-app.js'
import { bearer, refusal, refusalOf, where } from './refusals.js'
import { headerOf, sign, validClaims } from './test-issuer.js'

/** What becomes of tokens that are valid and not enough. */
export function describeNeeds({ world, send }: GuardedWorld): void {
  describe('needs', () => {
    it.each([
      ['S01 no scope', { scope: undefined }],
      ['S01 another scope', { scope: 'write' }],
      ['S03 scopes that contain the name', { scope: 'read-only read:all' }],
      ['S03 other capitals', { scope: 'READ' }],
      ['S03 a comma between scopes', { scope: 'write,read' }],
      ['S03 a tab between scopes', { scope: 'write\tread' }],
    ])('answers %s with 403 and what to ask for', async (_, claims) => {
      const response = await send({ headers: bearer(world.token(claims)) })
      expect(refusalOf(response)).toEqual(refusal('insufficient_scope'))
    })

    it('C10 takes nothing from __proto__', async () => {
      const { scope: _, ...others } = validClaims
      const payload = `{"__proto__":{"scope":"read","admin":true},${JSON.stringify(others).slice(1)}`
      const token = sign(world.key, headerOf(world.key), payload)
      const response = await send({ headers: bearer(token) })
      expect(refusalOf(response)).toEqual(refusal('insufficient_scope'))
      expect('admin' in {}).toBe(false)
    })

    it('S02 tells the scopes of the whole operation', async () => {
      const response = await send({ path: '/both', headers: bearer(world.token()) })
      expect(refusalOf(response)).toEqual(refusal('insufficient_scope', 'read write'))
    })

    it('lets any valid token pass a guard without needs', async () => {
      const token = world.token({ scope: undefined })
      expect((await send({ path: '/any-token', headers: bearer(token) })).status).toBe(200)
      const refused = await send({ path: '/any-token' })
      expect(refused.headers['www-authenticate']).toBe(`Bearer ${where}`)
    })

    it.each([
      ['mismatch', { plan: 'free' }],
      ['missing', {}],
    ])('R01 answers a claim that is %s with 403 and no challenge', async (_, claims) => {
      const response = await send({ path: '/pro', headers: bearer(world.token(claims)) })
      expect(refusalOf(response)).toEqual(refusal('access_denied'))
    })

    it('R05 answers a predicate that throws with 503', async () => {
      const response = await send({ path: '/broken', headers: bearer(world.token()) })
      expect(refusalOf(response)).toEqual(refusal('temporarily_unavailable'))
      expect(JSON.stringify(response)).not.toContain('database')
      expect(world.events).toEqual([
        { type: 'refused', reason: 'internal', cause: new Error('no database') },
      ])
    })
  })
}
