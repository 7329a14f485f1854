import { generateKeyPairSync } from 'node:crypto'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createResourceServer } from '@bailiwick/api-sdk'
import type { IssuerOptions } from '@bailiwick/api-sdk'
import { world } from '../guard/world.js'
import { quantile } from '../measure/statistics.js'
import { carryOut } from '../measure/worker.js'
import { hostileTokens } from './hostile-tokens.js'
import type { HostileKind } from './hostile-tokens.js'

/** What to send, and how much of it after a warm-up that fills whatever caches there are. */
export interface HostileOrder {
  readonly kind: HostileKind
  readonly warmUp: number
  readonly count: number
}

/** What came of it. Times in milliseconds, memory in bytes. */
export interface HostileReport {
  readonly p50: number
  readonly p99: number
  readonly heapBefore: number
  readonly heapAfter: number
  /** Requests to the issuer, without the one for its keys. */
  readonly requests: number
}

interface HostileApi {
  /** Sends a token, and throws unless it is refused. */
  readonly refuse: (token: string) => Promise<void>
  readonly requests: () => number
}

setFlagsFromString('--expose-gc')
const collectGarbage: unknown = runInNewContext('gc')

function usedMemory(): number {
  if (typeof collectGarbage !== 'function') throw new TypeError('garbage cannot be collected')
  Reflect.apply(collectGarbage, undefined, [])
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

function issuerOf(kind: HostileKind): IssuerOptions {
  const { issuer } = world
  const jwks = { uri: `${issuer}/jwks` }
  if (kind !== 'random opaque token') return { issuer, jwks }
  const introspectionEndpoint = `${issuer}/introspect`
  return { issuer, jwks, introspectionEndpoint, clientAuth: { secret: 'secret' } }
}

async function createApi(kind: HostileKind): Promise<HostileApi> {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const keys = [{ ...publicKey.export({ format: 'jwk' }), kid: 'bench', alg: 'ES256', use: 'sig' }]
  let requests = 0
  const api = createResourceServer({
    resource: world.audience,
    issuers: issuerOf(kind),
    verifiedCache: {},
    fetch: async (url) => {
      requests += 1
      return Response.json(url.endsWith('/jwks') ? { keys } : { active: false })
    },
  })
  await api.ready()
  requests = 0
  return {
    refuse: async (token) => {
      const headers = { authorization: `Bearer ${token}` }
      const { ok } = await api.authenticate({ method: 'GET', url: world.path, headers })
      if (ok) throw new Error(`a ${kind} was accepted`)
    },
    requests: () => requests,
  }
}

async function measure({ kind, warmUp, count }: HostileOrder): Promise<HostileReport> {
  const { refuse, requests } = await createApi(kind)
  const make = hostileTokens[kind]
  const times = new Float64Array(count)
  // oxlint-disable-next-line no-await-in-loop -- one after the other, so that each has its own time
  for (let index = 0; index < warmUp; index += 1) await refuse(make())
  const heapBefore = usedMemory()
  for (let index = 0; index < count; index += 1) {
    const token = make()
    const begin = performance.now()
    // oxlint-disable-next-line no-await-in-loop -- as above
    await refuse(token)
    times[index] = performance.now() - begin
  }
  const heapAfter = usedMemory()
  const all = [...times]
  return {
    p50: quantile(all, 0.5),
    p99: quantile(all, 0.99),
    heapBefore,
    heapAfter,
    requests: requests(),
  }
}

carryOut(measure)
