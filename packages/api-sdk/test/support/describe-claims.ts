import type { StandardSchemaV1 } from '@standard-schema/spec'
import { type } from 'arktype'
import { runInNewContext } from 'node:vm'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { claim } from '../../src/index.js'
import type { ClaimsSchema } from '../../src/index.js'
import type { Route, ServeRoutes } from './guarded-app.js'
import { bearer, refusal, refusalOf } from './refusals.js'
import { createWorld } from './world.js'

interface Membership {
  readonly tenant_id: string
  readonly level: number
}

const schemas: readonly (readonly [string, ClaimsSchema<Membership>])[] = [
  ['zod', z.object({ tenant_id: z.string(), level: z.number().default(1) })],
  ['valibot', v.object({ tenant_id: v.string(), level: v.optional(v.number(), 1) })],
  ['arktype', type({ tenant_id: 'string', level: 'number = 1' })],
]

type Validate = StandardSchemaV1<unknown, Membership>['~standard']['validate']

const made = (validate: Validate): ClaimsSchema<Membership> => ({
  '~standard': { version: 1, vendor: 'made', validate },
})

const broken: readonly (readonly [string, ClaimsSchema<Membership>])[] = [
  [
    'throws',
    made(() => {
      throw new Error('alice has no database')
    }),
  ],
  ['rejects', made(() => Promise.reject(new Error('alice has no database')))],
  ['gives neither claims nor issues', made((() => ({})) as unknown as Validate)],
  ['gives a promise of another realm', made(() => runInNewContext('Promise.resolve({})'))],
]

const routes: Readonly<Record<string, Route>> = {
  '/': {
    guard: { needs: 'read' },
    answer: ({ auth }) => {
      const { tenant_id: tenant, level, sub } = auth().claims
      return { tenant, level, sub }
    },
  },
  '/level': { guard: { needs: claim('level').equals(1) }, answer: () => 'done' },
}

/** What a schema does to claims. */
export function describeClaims(serve: ServeRoutes): void {
  describe('claims with a schema', () => {
    it.each(schemas)('%s says what they are, and requirements see it', async (_, claims) => {
      const world = createWorld({ claims })
      const app = await serve(world.api, routes)
      const headers = bearer(world.token({ tenant_id: 'a' }))
      const response = await app.send({ headers })
      expect(response.body).toBe('{"tenant":"a","level":1,"sub":"alice"}')
      expect((await app.send({ path: '/level', headers })).status).toBe(200)
      await app.close()
    })

    it.each(schemas)('C11 %s refuses others, and nobody is told how', async (_, claims) => {
      const world = createWorld({ claims })
      const app = await serve(world.api, routes)
      const response = await app.send({ headers: bearer(world.token({ tenant_id: 7 })) })
      expect(refusalOf(response)).toEqual(refusal('invalid_token'))
      expect(world.reasons()).toEqual(['malformed_claim'])
      expect(JSON.stringify([response, world.events])).not.toMatch(/tenant_id|string/)
      await app.close()
    })

    it.each(broken)('C12 a schema that %s closes the door', async (_, claims) => {
      const world = createWorld({ claims })
      const app = await serve(world.api, routes)
      const response = await app.send({ headers: bearer(world.token({ tenant_id: 'a' })) })
      expect(refusalOf(response)).toEqual(refusal('temporarily_unavailable'))
      expect(JSON.stringify(response)).not.toContain('alice')
      expect(world.reasons()).toEqual(['internal'])
      await app.close()
    })

    it('is waited for when it takes its time', async () => {
      const claims = made((value) => Promise.resolve({ value: { ...Object(value), level: 2 } }))
      const world = createWorld({ claims })
      const app = await serve(world.api, routes)
      const response = await app.send({ headers: bearer(world.token({ tenant_id: 'a' })) })
      expect(response.body).toBe('{"tenant":"a","level":2,"sub":"alice"}')
      await app.close()
    })
  })
}
