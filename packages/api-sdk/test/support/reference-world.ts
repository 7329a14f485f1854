import type { IssuerOptions, ResourceServerOptions } from '../../src/index.js'
import { issuer, validClaims } from './test-issuer.js'
import { createWorld, jwksUri } from './world.js'
import type { World } from './world.js'

export const introspectionEndpoint = `${issuer}/introspect`

export const opaque = '2YotnFZFEjr1zCsicMWpAA'

export interface ReferenceWorld extends World {
  /** What the introspection endpoint was sent, one entry for each call. */
  readonly calls: readonly RequestInit[]
  /** Has the endpoint answer like this from now on. */
  readonly answerWith: (answer: (init: RequestInit) => Response | Promise<Response>) => void
  /** Has the endpoint call every token active, with the claims of a valid one except for what is changed. */
  readonly say: (changes: Readonly<Record<string, unknown>>, cacheControl?: string) => void
}

/** An API that may ask its issuer about opaque tokens, each of which is active at first. */
export function createReferenceWorld(
  options: Partial<ResourceServerOptions> = {},
  issuerOptions: Partial<IssuerOptions> = {},
): ReferenceWorld {
  const issuers: IssuerOptions = {
    issuer,
    jwks: { uri: jwksUri },
    introspectionEndpoint,
    clientAuth: { secret: 'api secret' },
    ...issuerOptions,
  }
  const world = createWorld({ issuers, ...options })
  const calls: RequestInit[] = []
  const answerWith: ReferenceWorld['answerWith'] = (answer) => {
    world.network.serve(introspectionEndpoint, (init) => {
      calls.push(init)
      return answer(init)
    })
  }
  const say: ReferenceWorld['say'] = (changes, cacheControl) => {
    const headers = cacheControl === undefined ? {} : { 'cache-control': cacheControl }
    answerWith(() => Response.json({ active: true, ...validClaims, ...changes }, { headers }))
  }
  say({})
  return { ...world, calls, answerWith, say }
}
