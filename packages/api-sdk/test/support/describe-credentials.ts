import { describe, expect, it } from 'vitest'
import type { GuardedWorld } from './guarded-app.js'
import { bearer } from './refusals.js'

/** How credentials are read from a request, beyond the abuse cases. */
export function describeCredentials({ world, send }: GuardedWorld): void {
  describe('credentials', () => {
    it('lets a valid token pass', async () => {
      const response = await send({ headers: bearer(world.token()) })
      expect(response).toMatchObject({ status: 200, body: '{"subject":"alice"}' })
    })

    it('T20 answers HEAD with the header fields of GET and no body', async () => {
      const headers = bearer('opaque')
      const [get, head] = [await send({ headers }), await send({ method: 'HEAD', headers })]
      expect(head.body).toBe('')
      for (const name of ['www-authenticate', 'content-type', 'content-length', 'cache-control']) {
        expect(head.headers[name]).toBe(get.headers[name])
      }
    })
  })
}
