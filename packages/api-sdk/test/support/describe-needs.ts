import { describe, expect, it } from 'vitest'
import type { GuardedWorld } from './guarded-app.js'
import { bearer, refusal, refusalOf, where } from './refusals.js'

/** What becomes of tokens that are valid and not enough. */
export function describeNeeds({ world, send }: GuardedWorld): void {
  describe('needs', () => {
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
