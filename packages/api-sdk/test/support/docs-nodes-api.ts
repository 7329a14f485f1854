import { createResourceServer } from '../../src/index.js'
import type { ReplayStore } from '../../src/index.js'

/** The part of a client for Redis that is needed, e.g. of `createClient()` in the package redis. */
interface Redis {
  readonly sendCommand: (command: string[]) => Promise<unknown>
}

const replayStoreIn = (redis: Redis): ReplayStore => ({
  putIfAbsent: async (key, expiresAt) => {
    const until = String(Math.ceil(expiresAt))
    const reply = await redis.sendCommand(['SET', `dpop:${key}`, '', 'NX', 'EXAT', until])
    return reply === 'OK'
  },
})

export const createApi = (redis: Redis, secrets: readonly [string, ...string[]]) =>
  createResourceServer({
    resource: 'urn:invoices',
    issuers: 'https://id.example.com',
    publicOrigin: 'https://api.example.com',
    dpop: { mode: 'require', replayStore: replayStoreIn(redis), nonce: { secrets } },
  })
