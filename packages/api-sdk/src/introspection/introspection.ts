import { createBoundedCache } from '../bounded-cache.js'
import { monotonicClock } from '../keys/monotonic-clock.js'
import type { Claims } from '../tokens/decode-token.js'
import { tokenDigest } from '../tokens/token-digest.js'
import type { AskOptions } from './ask-issuer.js'
import { createIssuerQuestion } from './ask-issuer.js'
import type { IntrospectionAnswer } from './introspection-answer.js'

/** What one issuer says about tokens, kept for as long as that may be believed. */
export interface Introspection {
  /**
   * The claims of a token, or undefined when it is not active. They are not checked. Rejects with a refusal (503) when
   * there is no answer.
   */
  readonly ask: (token: string) => Promise<Claims | undefined>
  /** Finds out where to ask, and gets what the answer is read with. Rejects with what went wrong. */
  readonly prepare: () => Promise<void>
}

const mostAnswers = 10_000

/** Asks an issuer about each token once at a time, and again only when its answer is too old. */
export function createIntrospection(options: AskOptions): Introspection {
  const question = createIssuerQuestion(options)
  const clock = monotonicClock(options.now)
  // Apart, so that made-up tokens cannot drive out what is known about good ones.
  const active = createBoundedCache<Claims>({ max: mostAnswers, clock })
  const inactive = createBoundedCache<true>({ max: mostAnswers, clock })
  const asking = new Map<string, Promise<Claims | undefined>>()

  const keep = (name: string, { claims, lifetime }: IntrospectionAnswer): void => {
    if (claims === undefined) inactive.set(name, true, lifetime)
    else active.set(name, claims, lifetime)
  }

  const askAnew = async (token: string, name: string): Promise<Claims | undefined> => {
    try {
      const answer = await question.ask(token)
      keep(name, answer)
      return answer.claims
    } finally {
      asking.delete(name)
    }
  }

  return {
    prepare: async () => {
      await Promise.all([question.locate(), options.format.prepare()])
    },
    ask: async (token) => {
      const name = tokenDigest(token)
      const claims = active.get(name)
      if (claims !== undefined || inactive.get(name) === true) return claims
      const answer = asking.get(name) ?? askAnew(token, name)
      asking.set(name, answer)
      return answer
    },
  }
}
