import { randomBytes } from 'node:crypto'
import { ConfigurationError } from '@bailiwick/protocol'
import type { JWK } from 'jose'
import type { ClientSecretOptions } from '../options/client-auth-options.js'
import { createDPoPKey } from './dpop-key.js'
import { createIntrospectionEndpoint } from './introspection-endpoint.js'
import type { IntrospectionEndpoint } from './introspection-endpoint.js'
import { createSigningKey } from './signing-key.js'
import type { SigningKey } from './signing-key.js'
import type { TestIssuer, TestIssuerOptions } from './test-issuer.js'
import { createTestNetwork } from './test-network.js'
import type { EndpointAnswers, TestEndpoint, TestNetwork } from './test-network.js'
import { accessTokenClaims, idTokenClaims } from './test-tokens.js'
import type { TokenSource } from './test-tokens.js'

const systemClock = (): number => Date.now() / 1000

const baseOf = (issuer: string): string => issuer.replace(/\/$/, '')

const publicKeys = ({ algorithm, jwk, thumbprint }: SigningKey): { readonly keys: [JWK] } => ({
  keys: [{ ...jwk, kid: thumbprint, alg: algorithm, use: 'sig' }],
})

function serveIssuer(issuer: string, answers: Omit<EndpointAnswers, 'metadata'>): TestNetwork {
  const base = baseOf(issuer)
  const { origin, pathname } = new URL(base)
  const jwksUri = `${base}/jwks`
  const introspectionEndpoint = `${base}/introspect`
  const endpoints = new Map<string, TestEndpoint>([
    [`${base}/.well-known/openid-configuration`, 'metadata'],
    [`${origin}/.well-known/oauth-authorization-server${pathname.replace(/\/$/, '')}`, 'metadata'],
    [jwksUri, 'jwks'],
    [introspectionEndpoint, 'introspection'],
  ])
  const metadata = { issuer, jwks_uri: jwksUri, introspection_endpoint: introspectionEndpoint }
  return createTestNetwork(endpoints, { ...answers, metadata: () => Response.json(metadata) })
}

interface Clock {
  readonly now: () => number
  readonly pass: (seconds: number) => void
}

function createClock(start: () => number): Clock {
  let passed = 0
  return {
    now: () => start() + passed,
    pass: (seconds) => {
      passed += seconds
    },
  }
}

type TokenFactory = Pick<TestIssuer, 'token' | 'idToken' | 'reference' | 'sign'>

function createTokens(
  source: TokenSource & { readonly clientAuth: ClientSecretOptions | undefined },
  { remember }: IntrospectionEndpoint,
  currentKey: () => SigningKey,
): TokenFactory {
  const sign = (header: object, payload: object): string => {
    const { algorithm: alg, thumbprint: kid, sign: signWith } = currentKey()
    return signWith({ alg, kid, ...header }, payload)
  }
  return {
    token: async (changes = {}, { header, bind } = {}) => {
      const claims = accessTokenClaims(source, bind, changes)
      const token = sign({ typ: 'at+jwt', ...header }, claims)
      remember(token, claims)
      return token
    },
    idToken: async (changes = {}) => sign({ typ: 'JWT' }, idTokenClaims(source, changes)),
    reference: (changes = {}, { bind } = {}) => {
      if (source.clientAuth === undefined) {
        const message = 'it is needed for reference tokens: otherwise no API may ask about them'
        throw new ConfigurationError([{ path: 'clientAuth', message }])
      }
      const token = randomBytes(32).toString('base64url')
      remember(token, accessTokenClaims(source, bind, changes))
      return token
    },
    sign: (header, payload) => currentKey().sign(header, payload),
  }
}

/**
 * Makes an issuer for tests of an API: its keys, its tokens and a network on which nothing is but itself.
 *
 * @example
 * ```ts
 * const issuer = await createTestIssuer({ audience: 'https://api.example.com' })
 * const api = createResourceServer({
 *   resource: 'https://api.example.com',
 *   issuers: issuer.issuerOptions,
 *   fetch: issuer.fetch,
 *   now: issuer.now,
 * })
 * const token = await issuer.token({ scope: 'read' })
 * ```
 */
export async function createTestIssuer(options: TestIssuerOptions): Promise<TestIssuer> {
  const { audience, algorithm = 'ES256', claims = {}, clientAuth } = options
  const { issuer = 'https://issuer.example', now: start = systemClock } = options
  const { now, pass } = createClock(start)
  let key = await createSigningKey(algorithm)
  const introspection = createIntrospectionEndpoint(audience, clientAuth)
  const network = serveIssuer(issuer, {
    jwks: () => Response.json(publicKeys(key)),
    introspection: introspection.answer,
  })
  return {
    issuer,
    audience,
    issuerOptions: clientAuth === undefined ? { issuer } : { issuer, clientAuth },
    now,
    pass,
    ...network,
    ...createTokens({ issuer, audience, claims, clientAuth, now }, introspection, () => key),
    revoke: introspection.forget,
    dpopKey: async (proofAlgorithm = 'ES256') => createDPoPKey(proofAlgorithm, now),
    jwks: () => publicKeys(key),
    rotateKeys: async () => {
      key = await createSigningKey(algorithm)
    },
  }
}
