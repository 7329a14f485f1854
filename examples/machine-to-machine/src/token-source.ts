/** What a token endpoint answers, as far as it matters here. */
interface TokenResponse {
  readonly access_token: string
  readonly expires_in?: number | undefined
}

interface CachedToken {
  readonly value: string
  readonly freshUntil: number
}

/** Gives an access token that is good for a while. */
export interface TokenSource {
  readonly get: () => Promise<string>
  /** Has the next `get` ask for another one, unless that has happened already. */
  readonly discard: (token: string) => void
}

// A token that ends while the request is on its way is refused, and clocks differ a little.
const margin = 30_000

/** Asks for a token once and keeps it until shortly before it expires. */
export function createTokenSource(request: () => Promise<TokenResponse>): TokenSource {
  let cached: CachedToken | undefined
  let pending: Promise<CachedToken> | undefined

  async function refresh(): Promise<CachedToken> {
    const { access_token: value, expires_in: lifetime = 0 } = await request()
    cached = { value, freshUntil: Date.now() + lifetime * 1000 - margin }
    return cached
  }

  return {
    async get() {
      if (cached !== undefined && Date.now() < cached.freshUntil) return cached.value
      // Calls side by side wait for the same request. One that fails is forgotten, so that the next call asks again.
      pending ??= refresh().finally(() => (pending = undefined))
      return (await pending).value
    },
    discard(token) {
      if (cached?.value === token) cached = undefined
    },
  }
}
