import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createResourceServer } from '../../src/index.js'
import type { ApiAuthErrorReason, ClientSecretOptions } from '../../src/index.js'
import {
  abuseCases,
  checkAbuseCase,
  dpopAbuseCases,
  createTestIssuer,
  everyMethodAbuseCases,
  optionalGuardAbuseCases,
  referenceTokenAbuseCases,
} from '../../src/testing.js'
import type { AbuseCase, AbuseTarget, ExpectedAnswer, TestIssuer } from '../../src/testing.js'
import type { GuardedApp, ServeRoutes, TestResponse } from './guarded-app.js'
import { bareChallenge, proofRefusal, refusal, refusalOf } from './refusals.js'
import { routes } from './routes.js'
import { issuer as name, now, resource } from './test-issuer.js'

interface AbusedRoute {
  readonly path: string
  readonly clientAuth?: ClientSecretOptions
}

interface AbusedApp extends GuardedApp {
  readonly issuer: TestIssuer
  readonly reasons: ApiAuthErrorReason[]
}

/** Every byte that the guard decides about, which is more than users are promised. */
function answerOf({ status, challenges, reason }: ExpectedAnswer): object {
  if (status === 200) return expect.objectContaining({ status })
  if (status === 503) return refusal('temporarily_unavailable')
  // Whoever has a token that is bound to a key is told of both ways.
  if (reason === 'binding_required') {
    const both = /^Bearer error="invalid_token", .*, DPoP algs="/
    return { ...refusal('invalid_token'), 'www-authenticate': expect.stringMatching(both) }
  }
  // One text for all, so that nobody can feel their way to a proof.
  if (reason?.startsWith('proof_') === true && reason !== 'proof_missing') {
    const body = '{"error":"invalid_dpop_proof","error_description":"the DPoP proof is not valid"}'
    return { ...proofRefusal('invalid_dpop_proof'), body }
  }
  const [challenge] = challenges
  if (challenge?.error === undefined) return bareChallenge
  return challenge.scheme === 'DPoP' ? proofRefusal(challenge.error) : refusal(challenge.error)
}

async function start(serve: ServeRoutes, options: AbusedRoute): Promise<AbusedApp> {
  const { path: _, ...more } = options
  const issuer = await createTestIssuer({
    issuer: name,
    audience: resource,
    now: () => now,
    ...more,
  })
  const reasons: ApiAuthErrorReason[] = []
  const api = createResourceServer({
    resource,
    issuers: issuer.issuerOptions,
    fetch: issuer.fetch,
    now: issuer.now,
    onEvent: (event) => {
      if (event.type === 'refused') reasons.push(event.reason)
    },
  })
  return { ...(await serve(api, routes)), issuer, reasons }
}

/** Runs the abuse cases that users run, and looks closer. */
export function describeAbuseCases(serve: ServeRoutes): void {
  const describeCases = (
    cases: readonly AbuseCase[],
    title: string,
    options: AbusedRoute,
  ): void => {
    describe(title, () => {
      let app: AbusedApp
      beforeAll(async () => {
        app = await start(serve, options)
      })
      afterAll(() => app.close())

      it.each(cases.map((abuse) => [`${abuse.id} ${abuse.title}`, abuse] as const))(
        '%s',
        async (_, abuse) => {
          const { issuer, reasons } = app
          const responses: TestResponse[] = []
          const send: AbuseTarget['send'] = async ({ method, url, headers }) => {
            const { pathname, search } = new URL(url)
            const response = await app.send({ method, path: `${pathname}${search}`, headers })
            responses.push(response)
            return response
          }
          reasons.length = 0
          await checkAbuseCase(abuse, {
            issuer,
            url: `${resource}${options.path}`,
            scope: 'read',
            send,
          })
          const { expected } = abuse
          expect(responses.map(refusalOf).at(-1)).toEqual(answerOf(expected))
          if (expected.status !== 200) expect(reasons).toEqual([expected.reason ?? reasons[0]])
          expect('admin' in {}).toBe(false)
          const asked = issuer.requests.filter(({ endpoint }) => endpoint === 'jwks')
          if (options.clientAuth === undefined) expect(asked).toHaveLength(1)
        },
      )
    })
  }

  describeCases(abuseCases, 'abuse cases', { path: '/' })
  describeCases(dpopAbuseCases, 'abuse cases of DPoP', { path: '/optional' })
  describeCases(everyMethodAbuseCases, 'abuse cases of other methods', { path: '/' })
  describeCases(optionalGuardAbuseCases, 'abuse cases of an optional guard', { path: '/optional' })
  describeCases(referenceTokenAbuseCases, 'abuse cases of reference tokens', {
    path: '/',
    clientAuth: { secret: 'api secret' },
  })
}
