import { createResourceServer } from '../../src/index.js'
import type { KeyStore } from '../../src/index.js'

/** The part of a client for Redis that is needed, e.g. of `createClient()` in the package redis. */
interface Redis {
  readonly get: (key: string) => Promise<string | null>
  readonly set: (key: string, text: string, options: { readonly EX: number }) => Promise<unknown>
}

const keyStoreIn = (redis: Redis): KeyStore => ({
  get: async (issuer) => JSON.parse((await redis.get(`keys:${issuer}`)) ?? 'null'),
  set: (issuer, snapshot, lifetime) =>
    redis.set(`keys:${issuer}`, JSON.stringify(snapshot), { EX: lifetime }),
})

export const createApi = (redis: Redis) =>
  createResourceServer({
    resource: 'urn:invoices',
    issuers: 'https://id.example.com',
    jwks: { store: keyStoreIn(redis) },
  })
