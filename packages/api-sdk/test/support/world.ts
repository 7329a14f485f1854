import { createResourceServer } from '../../src/index.js'
import type {
  ApiAuthErrorReason,
  ResourceServer,
  ResourceServerEvent,
  ResourceServerOptions,
} from '../../src/index.js'
import { createNetwork } from './fake-network.js'
import type { FakeNetwork } from './fake-network.js'
import { createKey, issuer, now, resource, tokenOf } from './test-issuer.js'
import type { TestKey } from './test-issuer.js'

export const jwksUri = `${issuer}/jwks`

export interface World {
  readonly api: ResourceServer
  readonly key: TestKey
  readonly network: FakeNetwork
  readonly events: readonly ResourceServerEvent[]
  readonly reasons: () => readonly ApiAuthErrorReason[]
  readonly forget: () => void
  readonly token: (claims?: Record<string, unknown>, header?: Record<string, unknown>) => string
  /** Moves the clock, by seconds. */
  readonly pass: (seconds: number) => void
  readonly publish: (keys: readonly unknown[], headers?: Record<string, string>) => void
  /** What becomes of a token: the subject, or why it is refused. */
  readonly outcome: (token: string) => Promise<string | undefined>
}

const sharedKey = createKey('ES256', 'k1')

/** An API that trusts one issuer whose keys are on a fake network. */
export function createWorld(
  options: Partial<ResourceServerOptions> & { readonly key?: TestKey } = {},
): World {
  const { key = sharedKey, ...rest } = options
  const network = createNetwork()
  const events: ResourceServerEvent[] = []
  let time = now
  const api = createResourceServer({
    resource,
    issuers: { issuer, jwks: { uri: jwksUri } },
    fetch: network.fetch,
    now: () => time,
    onEvent: (event) => {
      events.push(event)
    },
    ...rest,
  })
  const publish: World['publish'] = (keys, headers) => {
    network.serveJson(jwksUri, { keys }, headers)
  }
  publish([key.jwk])
  return {
    api,
    key,
    network,
    events,
    reasons: () => events.flatMap((event) => (event.type === 'refused' ? [event.reason] : [])),
    forget: () => {
      events.length = 0
    },
    token: (claims, header) => tokenOf(key, claims, header),
    pass: (seconds) => {
      time += seconds
    },
    publish,
    outcome: async (token) => {
      const headers = { authorization: `Bearer ${token}` }
      const result = await api.authenticate({ method: 'GET', url: '/', headers })
      return result.ok ? result.auth.subject : result.error.reason
    },
  }
}
