import type { JWK } from 'jose'
import { createMemoryStore } from '../../src/index.js'
import type {
  AuthorizationServer,
  AuthorizationServerOptions,
  ServerEvent,
  Store,
  StoreRecord,
} from '../../src/index.js'
import { createClock } from './people.js'
import { bodyOf, get, now as start, testServer } from './server.js'

export const day = 86_400

/** One store, one clock, and as many servers on it as a test wants. */
export interface Cluster {
  readonly store: Store
  readonly clock: ReturnType<typeof createClock>
  readonly events: ServerEvent[]
  /** A server that makes its keys itself, of the kind that is made in no time. */
  readonly node: (options?: Partial<AuthorizationServerOptions>) => AuthorizationServer
}

export function createCluster(wrap: (store: Store) => Store = (store) => store): Cluster {
  const clock = createClock()
  const store = createMemoryStore({ now: clock.now })
  const events: ServerEvent[] = []
  return {
    store,
    clock,
    events,
    node: (options) =>
      testServer({
        signingKeys: [],
        defaultSigningAlgorithm: 'EdDSA',
        store: wrap(store),
        now: clock.now,
        // Nobody waits for a store that is just slow: whatever is slow in a test is so for good.
        wait: () => new Promise(() => undefined),
        onEvent: (event) => void events.push(event),
        ...options,
      }),
  }
}

export async function publishedKeys(server: AuthorizationServer): Promise<readonly JWK[]> {
  const response = await get(server, '/.well-known/jwks.json')
  return (bodyOf(response)['keys'] ?? []) as readonly JWK[]
}

export const publishedKids = async (
  server: AuthorizationServer,
): Promise<readonly (string | undefined)[]> => (await publishedKeys(server)).map(({ kid }) => kid)

export async function keyRecords(store: Store): Promise<readonly StoreRecord[]> {
  return (await store.list({ kind: 'signing_key' }, { limit: 1000 })).records
}

/** The days since the test began. */
export const daysOf = (seconds: number | undefined): number | undefined =>
  seconds === undefined ? undefined : (seconds - start) / day
