import { generateSigningKey } from '@bailiwick/core'
import type { Target } from '../measure/comparison.js'
import type { LoadRequest } from '../measure/generate-load.js'
import type { Entrant, Race } from '../measure/race.js'
import { frameworks } from '../token/token-contender.js'
import type { Framework, TokenIssuer } from '../token/token-contender.js'
import { verifyTokenEndpoint } from '../token/verify-token-endpoint.js'
import { world } from '../token/world.js'
import { raceSection } from './race-section.js'
import type { RaceTargets } from './race-section.js'
import type { Suite } from './suite.js'

const algorithms = ['ES256', 'RS256'] as const

type Algorithm = (typeof algorithms)[number]

const names = {
  bailiwick: 'Bailiwick',
  jose: 'bare endpoint, jose',
  'oidc-provider': 'oidc-provider',
  'node-crypto': 'bare endpoint, node:crypto',
} as const satisfies Record<TokenIssuer, string>

const issuersOn = {
  'node:http': ['bailiwick', 'jose', 'oidc-provider'],
  Koa: ['bailiwick', 'jose', 'oidc-provider', 'node-crypto'],
  Express: ['bailiwick', 'jose', 'oidc-provider'],
} as const satisfies Record<Framework, readonly TokenIssuer[]>

const atLeast = (ratio: number): Target => ({ bound: 'at least', ratio })

const overOidcProvider = { ES256: atLeast(1.8), RS256: atLeast(1.3) } as const satisfies Record<
  Algorithm,
  Target
>

function targetsOf(framework: Framework, algorithm: Algorithm): RaceTargets {
  return {
    [names.jose]: atLeast(0.8),
    ...(framework === 'Koa' && { [names['oidc-provider']]: overOidcProvider[algorithm] }),
  }
}

const request: LoadRequest = {
  method: 'POST',
  path: '/token',
  headers: {
    authorization: `Basic ${btoa([world.clientId, world.clientSecret].map(encodeURIComponent).join(':'))}`,
    'content-type': 'application/x-www-form-urlencoded',
  },
  body: new URLSearchParams({
    grant_type: 'client_credentials',
    scope: world.scopes.join(' '),
    resource: world.resource,
  }).toString(),
}

function raceOn(framework: Framework, algorithm: Algorithm): Race {
  const signingKey = generateSigningKey(algorithm)
  return {
    title: `${framework}, ${algorithm}`,
    entrants: issuersOn[framework].map((issuer): Entrant => ({
      name: names[issuer],
      contender: { suite: 'token', framework, issuer, signingKey },
    })),
    async prepare(origin) {
      await verifyTokenEndpoint(origin, request, signingKey)
      return request
    },
  }
}

/** How fast the token endpoint is. */
export const token: Suite = {
  name: 'token',
  description: 'client_credentials with client_secret_basic, JWT access tokens',
  sections: algorithms.flatMap((algorithm) =>
    frameworks.map(
      (framework) => (track) =>
        raceSection(raceOn(framework, algorithm), targetsOf(framework, algorithm), track),
    ),
  ),
}
