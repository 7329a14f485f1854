import { Refusal } from '../errors/refusal.js'
import { backoffAfter } from '../keys/backoff.js'

/** Knows whether somebody who is asked is down, so that nobody keeps asking. */
export interface Outage {
  /**
   * Asks, unless that is known to be of no use: then it refuses (503) and says when to come back. While somebody is down
   * one request at a time finds out whether that is over. What `ask` throws is thrown on, with that time.
   */
  readonly attempt: <Answer>(ask: () => Promise<Answer>) => Promise<Answer>
}

/** An answer that is too long or no text says nothing of the next: it is about a token with such claims. */
const isAboutQuestion = (thrown: unknown): boolean => thrown instanceof RangeError

/** Thinks nobody is down at first. The clock is in seconds and never goes back. */
export function createOutage(clock: () => number): Outage {
  let failures = 0
  let failedAt = -Infinity
  let isProbing = false

  const retryAfter = (): number =>
    Math.max(1, Math.ceil(failedAt + backoffAfter(failures) - clock()))

  /** Requests that failed together failed once: or 50 at a time would have everybody wait for the longest. */
  const count = (seen: number): void => {
    if (failures !== seen) return
    failures += 1
    failedAt = clock()
  }

  const run = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
    const seen = failures
    try {
      const answer = await ask()
      failures = 0
      return answer
    } catch (thrown) {
      if (isAboutQuestion(thrown)) throw thrown
      count(seen)
      const { reason, cause } =
        thrown instanceof Refusal
          ? thrown
          : ({ reason: 'introspection_unavailable', cause: thrown } as const)
      throw new Refusal(reason, { cause, retryAfter: retryAfter() })
    }
  }

  return {
    attempt: async (ask) => {
      if (failures === 0) return run(ask)
      if (isProbing || clock() < failedAt + backoffAfter(failures)) {
        throw new Refusal('introspection_unavailable', { retryAfter: retryAfter() })
      }
      isProbing = true
      try {
        return await run(ask)
      } finally {
        isProbing = false
      }
    },
  }
}
