import type { Fetch } from '../../src/index.js'

type Answer = (init: RequestInit) => Response | Promise<Response>

/** A network on which nothing exists but what a test puts there, and that remembers what was asked for. */
export interface FakeNetwork {
  readonly fetch: Fetch
  readonly requests: readonly string[]
  readonly serve: (url: string, answer: Answer) => void
  readonly serveJson: (url: string, value: unknown, headers?: Record<string, string>) => void
  /** While it is down every request fails. */
  readonly cut: (isDown: boolean) => void
}

export function createNetwork(): FakeNetwork {
  const answers = new Map<string, Answer>()
  const requests: string[] = []
  let isDown = false
  const fetch: Fetch = async (url, init) => {
    const { signal, redirect } = init
    requests.push(url)
    if (isDown) throw new TypeError('fetch failed')
    const answer = answers.get(url) ?? (() => new Response('not found', { status: 404 }))
    const aborted = new Promise<never>((_, reject) => {
      signal?.addEventListener('abort', () => {
        reject(new Error('timeout'))
      })
    })
    const response = await Promise.race([answer(init), aborted])
    const location = response.headers.get('location')
    return location !== null && redirect !== 'manual' ? fetch(location, init) : response
  }
  return {
    requests,
    fetch,
    serve: (url, answer) => {
      answers.set(url, answer)
    },
    serveJson: (url, value, headers = {}) => {
      answers.set(url, () => Response.json(value, { headers }))
    },
    cut: (state) => {
      isDown = state
    },
  }
}
