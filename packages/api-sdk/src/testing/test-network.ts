import type { Fetch } from '../keys/fetch-json.js'

/** Where something of a test issuer is. */
export type TestEndpoint = 'metadata' | 'jwks' | 'introspection'

/** Something that an API asked for. */
export interface FetchedRequest {
  readonly method: string
  readonly url: string
  /** Undefined: there is nothing of the issuer, and the API should not have asked. */
  readonly endpoint: TestEndpoint | undefined
}

/** Answers requests for an endpoint. */
export type EndpointAnswers = Readonly<Record<TestEndpoint, (init: RequestInit) => Response>>

/** A network on which nothing is but one issuer. */
export interface TestNetwork {
  readonly fetch: Fetch
  readonly requests: readonly FetchedRequest[]
  readonly goDown: () => void
  readonly comeBack: () => void
}

/** Makes a network in this process. What is not the issuer's cannot be reached, and is remembered all the same. */
export function createTestNetwork(
  endpoints: ReadonlyMap<string, TestEndpoint>,
  answers: EndpointAnswers,
): TestNetwork {
  const requests: FetchedRequest[] = []
  let isUp = true
  return {
    requests,
    fetch: async (url, init) => {
      const endpoint = endpoints.get(url)
      requests.push({ method: init.method ?? 'GET', url, endpoint })
      if (!isUp) throw new TypeError('fetch failed: the test issuer is down')
      if (endpoint === undefined) throw new TypeError(`fetch failed: there is nothing at ${url}`)
      return answers[endpoint](init)
    },
    goDown: () => {
      isUp = false
    },
    comeBack: () => {
      isUp = true
    },
  }
}
