import { describe, expect, it } from 'vitest'
import type { GuardedWorld } from './guarded-app.js'
import { bearer, refusal, refusalOf } from './refusals.js'

/** What the handlers behind a guard see, and may do. */
export function describeHandlers({ world, send }: GuardedWorld): void {
  describe('handlers', () => {
    it('H01 H03 lets an anonymous request pass an optional guard', async () => {
      const response = await send({ path: '/optional' })
      expect(response).toMatchObject({ status: 200, body: '{"subject":null}' })
    })

    it('H04 throws on a route without guard', async () => {
      const response = await send({ path: '/unguarded', headers: bearer(world.token()) })
      expect(response.status).toBe(500)
      const maybe = await send({ path: '/unguarded-maybe', headers: bearer(world.token()) })
      expect(maybe.body).toBe('{"subject":null}')
    })

    it('H04 throws for an anonymous request behind an optional guard', async () => {
      expect((await send({ path: '/optional-auth' })).status).toBe(500)
    })

    it('R08 H07 H08 answers what a handler requires with the challenge of a guard', async () => {
      const response = await send({ path: '/later', headers: bearer(world.token()) })
      const challenged = refusal('insufficient_scope', 'write')
      for (const name of ['status', 'www-authenticate', 'cache-control']) {
        expect(refusalOf(response)).toHaveProperty([name], challenged[name])
      }
    })

    it('H06 leaves the errors of a handler alone', async () => {
      const response = await send({ path: '/bug', headers: bearer(world.token()) })
      expect(response.status).toBe(418)
      expect(response.headers['www-authenticate']).toBeUndefined()
    })
  })
}
