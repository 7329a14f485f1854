import { defineResources } from '@bailiwick/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { GuardedApp, Route, ServeRoutes } from './guarded-app.js'
import { bearer, refusal, refusalOf } from './refusals.js'
import { createWorld } from './world.js'

const resources = defineResources({
  apiScopes: [
    'read',
    { name: 'write', implies: ['read'] },
    { name: 'admin', implies: ['write', 'admin'] },
  ],
  apiResources: [{ name: 'https://api.example.com', scopes: ['read', 'write', 'admin'] }],
})

const answer: Route['answer'] = ({ auth }) => [...auth().scopes].toSorted()

const routes: Readonly<Record<string, Route>> = {
  '/': { guard: { needs: 'read' }, answer },
  '/write': { guard: { needs: 'write' }, answer },
}

/** What follows from scopes that imply others. */
export function describeImplied(serve: ServeRoutes): void {
  describe('scopes that imply others', () => {
    const world = createWorld({ resources })
    let app: GuardedApp
    beforeAll(async () => {
      app = await serve(world.api, routes)
    })
    afterAll(() => app.close())

    it.each([
      ['write', '/', '["read","write"]'],
      ['admin', '/', '["admin","read","write"]'],
      ['admin', '/write', '["admin","read","write"]'],
      ['read', '/', '["read"]'],
    ])('S08 %s is enough at %s', async (scope, path, body) => {
      const response = await app.send({ path, headers: bearer(world.token({ scope })) })
      expect(response).toMatchObject({ status: 200, body })
    })

    it('S08 what is implied does not imply back', async () => {
      const response = await app.send({ path: '/write', headers: bearer(world.token()) })
      expect(refusalOf(response)).toEqual(refusal('insufficient_scope', 'write'))
    })
  })
}
