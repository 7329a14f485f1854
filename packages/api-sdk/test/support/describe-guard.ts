import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { describeAbuseCases } from './describe-abuse-cases.js'
import { describeClaims } from './describe-claims.js'
import { describeCredentials } from './describe-credentials.js'
import { describeDPoP } from './describe-dpop.js'
import { describeFapi2 } from './describe-fapi2.js'
import { describeHandlers } from './describe-handlers.js'
import { describeIssuers } from './describe-issuers.js'
import { describeImplied } from './describe-implied.js'
import { describeMetadata } from './describe-metadata.js'
import { describeMtls } from './describe-mtls.js'
import { describeNeeds } from './describe-needs.js'
import { describeNonces } from './describe-nonces.js'
import { describePermissions } from './describe-permissions.js'
import { describeSources } from './describe-sources.js'
import { describeProfiles } from './describe-profiles.js'
import { describeStepUp } from './describe-step-up.js'
import { describeReferences } from './describe-references.js'
import { describeRevocation } from './describe-revocation.js'
import { describeTokens } from './describe-tokens.js'
import { describeVerifiedCache } from './describe-verified-cache.js'
import type { GuardedApp, GuardedWorld, ServeRoutes } from './guarded-app.js'
import { bearer, refusal, refusalOf } from './refusals.js'
import { routes } from './routes.js'
import { createWorld } from './world.js'

/** What every framework has to do alike, down to the bytes. */
export function describeGuard(framework: string, serve: ServeRoutes): void {
  describe(`guard on ${framework}`, () => {
    const world = createWorld()
    let app: GuardedApp
    beforeAll(async () => {
      await world.api.ready()
      app = await serve(world.api, routes)
    })
    afterAll(() => app.close())
    beforeEach(world.forget)

    const context: GuardedWorld = { world, send: (request) => app.send(request) }
    describeCredentials(context)
    describeTokens(context)
    describeNeeds(context)
    describeStepUp(context)
    describePermissions(context)
    describeHandlers(context)
    describeMetadata(context)
    describeReferences(serve)
    describeAbuseCases(serve)
    describeRevocation(serve)
    describeVerifiedCache(serve)
    describeDPoP(context, serve)
    describeNonces(serve)
    describeMtls(serve)
    describeClaims(serve)
    describeIssuers(serve)
    describeSources(serve)
    describeProfiles(serve)
    describeFapi2(serve)
    describeImplied(serve)

    it('W07 answers 503 without challenge while the issuer is down', async () => {
      const down = createWorld()
      down.network.cut(true)
      const other = await serve(down.api, routes)
      const headers = bearer(down.token())
      const responses = await Promise.all(
        Array.from({ length: 20 }, () => other.send({ path: '/', headers })),
      )
      for (const response of responses) {
        expect(refusalOf(response)).toEqual(refusal('temporarily_unavailable'))
        expect(JSON.stringify(response)).not.toContain('fetch failed')
      }
      expect(down.network.requests.length).toBeLessThanOrEqual(3)
      down.network.cut(false)
      down.pass(1)
      expect((await other.send({ path: '/', headers })).status).toBe(200)
      await other.close()
    })
  })
}
